// Saves a form while somebody types, as its button would. The button goes on working.
import { sessionLasts } from "./session.js";
import { renewToken, token } from "./token.js";

const PAUSE = 2000;
const AGAIN = 20 * 1000;
const SPOKEN = 60 * 1000;
// A browser sends at most 64 KiB for a page that is closing.
const KEPT_ALIVE = 60 * 1000;
// The server takes as many texts that had no answer.
const MOST_SENT = 2;
const OURS = ["csrfmiddlewaretoken", "seen", "sent"];

export function autosave(form) {
  const line = statusLine(form.querySelector("[data-saved]"));
  const { seen } = form.elements;
  let saved = typedIn(form);
  // What was sent and not answered may be saved by now: a later text that names it does not clash.
  let unanswered = [];
  let sent = 0;
  let answered = 0;
  let inFlight = 0;
  let kept = "";
  let refused = 0;
  let failed = false;
  let pressed = false;
  let timer;

  function saveIn(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(save, milliseconds);
  }

  // One at a time. Only a page that is left does not wait; were it overtaken, the later text stays,
  // for the earlier one does not come from what is saved by then.
  async function save() {
    const typed = typedIn(form);
    if (typed === saved || inFlight || refused || pressed) return;
    await send(typed, false);
    if (typedIn(form) !== typed) saveIn(PAUSE);
  }

  function leave() {
    const typed = typedIn(form);
    if (typed === saved || typed === kept || refused || pressed) return;
    kept = typed;
    send(typed, true);
  }

  async function send(typed, isLeaving) {
    const number = ++sent;
    const body = new URLSearchParams(typed);
    body.append("seen", seen.value);
    unanswered.forEach((each) => body.append("sent", each.typed));
    unanswered = [...unanswered, { number, typed }].slice(-MOST_SENT);
    inFlight += 1;
    const answer = await post(form.action, body, isLeaving && `${body}`.length < KEPT_ALIVE);
    inFlight -= 1;
    if (answer.told) unanswered = unanswered.filter((each) => each.number !== number);
    if (answer.ok && number > answered) succeed(number, typed, answer);
    if (!answer.ok && number === sent) fail(answer);
  }

  function succeed(number, typed, answer) {
    unanswered = unanswered.filter((each) => each.number > number);
    answered = number;
    saved = typed;
    failed = false;
    seen.value = answer.told.seen;
    line.saved(answer.told.said);
    sessionLasts(answer.seconds);
  }

  function fail({ told, status }) {
    failed = true;
    kept = "";
    line.failed(told?.said);
    if (told) refused = status;
    // The line or we were down. What was refused as a page, its button shows.
    else if (!status || status >= 500) saveIn(AGAIN);
  }

  form.addEventListener("input", () => {
    // Who was signed out may have signed in again in another window.
    if (refused === 403) refused = 0;
    // Its button was pressed and led nowhere: the page is still here.
    pressed = false;
    saveIn(PAUSE);
  });
  form.addEventListener("submit", () => {
    pressed = true;
    renewToken(form);
    form.querySelectorAll("[name=sent]").forEach((field) => field.remove());
    unanswered.forEach((each) => form.append(hiddenField("sent", each.typed)));
    unanswered = [...unanswered, { number: ++sent, typed: typedIn(form) }].slice(-MOST_SENT);
  });
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  window.addEventListener("pagehide", leave);
  // Back from the next page: the form is as it was left.
  window.addEventListener("pageshow", () => (pressed = false));
  window.addEventListener("beforeunload", (event) => {
    const typed = typedIn(form);
    const isSafe = !failed && typed.length < KEPT_ALIVE;
    if (typed !== saved && !isSafe && !pressed) event.preventDefault();
  });
}

function typedIn(form) {
  const typed = new URLSearchParams();
  for (const [name, text] of new FormData(form)) {
    // Lines end as they do when the button sends them.
    if (!OURS.includes(name)) typed.append(name, text.replace(/\r\n?|\n/g, "\r\n"));
  }
  return typed.toString();
}

async function post(address, body, keepalive) {
  const headers = { Accept: "application/json", "X-CSRFToken": token() };
  const request = { method: "POST", body, headers, keepalive, redirect: "manual" };
  const answer = await fetch(address, request).catch(() => null);
  const isTold = answer?.headers.get("Content-Type") === "application/json";
  const told = isTold ? await answer.json().catch(() => null) : null;
  const seconds = Number(answer?.headers.get("Session-Seconds"));
  return { ok: Boolean(answer?.ok && told), status: answer?.status, told, seconds };
}

// Said at most once a minute while all is well, and at once when it is not or is again.
function statusLine(element) {
  let spokenAt = -SPOKEN;
  let isFailure = false;
  let timer;

  function say(words) {
    element.classList.toggle("app-saved--not", isFailure);
    if (element.textContent === words) return;
    element.textContent = words;
    spokenAt = Date.now();
  }

  return {
    saved(words) {
      clearTimeout(timer);
      const silence = isFailure ? 0 : spokenAt + SPOKEN - Date.now();
      isFailure = false;
      if (silence > 0) timer = setTimeout(say, silence, words);
      else say(words);
    },
    failed(words) {
      clearTimeout(timer);
      isFailure = true;
      say(words ?? element.dataset.failed);
    },
  };
}

function hiddenField(name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  return field;
}
