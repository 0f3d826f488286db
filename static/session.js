// Ten minutes before a session ends: ask. After its end: say so, and how to keep what was typed.
const WARNING = 10 * 60 * 1000;

export function warnBeforeTheEnd(dialog) {
  const form = dialog.querySelector("form");
  const failed = dialog.querySelector("[data-session-failed]");
  const otherTabs = new BroadcastChannel("session");
  let endsAt;
  let timer;

  function goOn(milliseconds) {
    if (dialog.open) dialog.close();
    failed.hidden = true;
    endsAt = Date.now() + milliseconds;
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
    otherTabs.close();
    document.removeEventListener("visibilitychange", wait);
    dialog.close();
    document.querySelector("[data-session-ended]").showModal();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const request = { method: "POST", body: new FormData(form) };
    const answer = await fetch(form.action, request).catch(() => null);
    if (answer?.status === 200) {
      const whole = Number(await answer.text()) * 1000;
      goOn(whole);
      otherTabs.postMessage(whole);
    } else if (answer?.status === 403) {
      end();
    } else {
      failed.hidden = false;
    }
  });
  otherTabs.addEventListener("message", (message) => goOn(message.data));
  document.addEventListener("visibilitychange", wait);
  const lasts = Number(dialog.dataset.seconds) * 1000;
  goOn(lasts);
  otherTabs.postMessage(lasts);
}
