// Ten minutes before a session ends: ask. After its end: say so, and how to keep what was typed.
import { renewToken } from "./token.js";

const WARNING = 10 * 60 * 1000;
const CHANNEL = "session";

// For what else of ours learns how long the session lasts: this page and other windows hear it.
export function sessionLasts(seconds) {
  const windows = new BroadcastChannel(CHANNEL);
  windows.postMessage(seconds * 1000);
  windows.close();
}

export function warnBeforeTheEnd(dialog) {
  const form = dialog.querySelector("form");
  const failed = dialog.querySelector("[data-session-failed]");
  const ended = document.querySelector("[data-session-ended]");
  const windows = new BroadcastChannel(CHANNEL);
  let endsAt;
  let timer;

  function goOn(milliseconds) {
    for (const each of [dialog, ended]) if (each.open) each.close();
    failed.hidden = true;
    endsAt = Date.now() + milliseconds;
    document.addEventListener("visibilitychange", wait);
    wait();
  }

  // A computer that slept wakes late: each time the clock on the wall decides, not the timer.
  function wait() {
    clearTimeout(timer);
    const left = endsAt - Date.now();
    if (left <= 0) {
      end();
      return;
    }
    if (left <= WARNING && !dialog.open) dialog.showModal();
    timer = setTimeout(wait, left > WARNING ? left - WARNING : left);
  }

  function end() {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", wait);
    dialog.close();
    ended.showModal();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    renewToken(form);
    const request = { method: "POST", body: new FormData(form) };
    const answer = await fetch(form.action, request).catch(() => null);
    if (answer?.status === 200) {
      const whole = Number(await answer.text()) * 1000;
      goOn(whole);
      windows.postMessage(whole);
    } else if (answer?.status === 403) {
      end();
    } else {
      failed.hidden = false;
    }
  });
  // Also after the end: somebody signed in again in another window, and works on here.
  windows.addEventListener("message", (message) => goOn(message.data));
  const lasts = Number(dialog.dataset.seconds) * 1000;
  goOn(lasts);
  windows.postMessage(lasts);
}
