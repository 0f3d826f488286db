// Sends the file of a form and shows how much of it has gone. Without this its button sends it.
import { initAll } from "./govuk-frontend/govuk-frontend.min.js";
import { renewToken } from "./token.js";

// Words are spoken at each of these steps, in per cent; the bar moves on all the time.
const STEP = 20;

export function upload(element) {
  const form = element.querySelector("form");
  const line = lineOf(element.querySelector("[data-upload-line]"));
  let isSending = false;

  form.addEventListener("submit", (event) => {
    const files = [...form.elements].flatMap((field) => [...(field.files ?? [])]);
    if (!files.length) return;
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    renewToken(form);
    send();
  });

  function send() {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) line.sending((100 * event.loaded) / event.total);
    });
    request.upload.addEventListener("load", line.sent);
    request.addEventListener("load", () => answered(request));
    request.addEventListener("error", () => failed());
    line.sending(0);
    request.send(new FormData(form));
  }

  function answered(request) {
    const told = jsonOf(request);
    const page = told ? null : new DOMParser().parseFromString(request.responseText, "text/html");
    if (told?.then) location.assign(told.then);
    else if (told) failed(told.said);
    else if (request.responseURL !== form.action) location.assign(request.responseURL);
    else if (page.querySelector("main")) show(page);
    else failed();
  }

  function failed(said) {
    isSending = false;
    line.failed(said);
  }
}

// The answer is the page as the button would have shown it: its own part takes the place of ours.
function show(page) {
  const main = page.querySelector("main");
  document.querySelector("main").replaceWith(main);
  document.title = page.title;
  main.querySelectorAll("[data-upload]").forEach(upload);
  initAll({ scope: main });
  if (!main.contains(document.activeElement)) main.focus();
}

function jsonOf(request) {
  if (request.getResponseHeader("Content-Type") !== "application/json") return null;
  return JSON.parse(request.responseText);
}

function lineOf(element) {
  const bar = element.querySelector("progress");
  const status = element.querySelector("[role=status]");
  const { sending, sent, failed } = element.dataset;

  function say(words) {
    if (status.textContent !== words) status.textContent = words;
  }

  return {
    sending(part) {
      element.hidden = bar.hidden = false;
      bar.value = part;
      say(sending.replace("%s", Math.floor(part / STEP) * STEP));
    },
    sent() {
      bar.value = 100;
      say(sent);
    },
    failed(words) {
      bar.hidden = true;
      say(words ?? failed);
    },
  };
}
