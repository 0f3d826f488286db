// While an adviser types who rings, what they ask and on which topic: earlier contacts, open questions
// in words like it, and answers on it. And how long the call has lasted, and a key.
import { token } from "./token.js";

const PAUSE = 400;

export function call(form) {
  const caller = form.querySelector("[data-caller]");
  const [look] = [...form.querySelectorAll("[data-look]")].map((panel) => watch(form, panel));

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    const ends = event.ctrlKey || event.metaKey;
    // Alone it would press the first button and draw the page anew under somebody who types.
    if (!ends && !event.target.matches("input:not([type=radio])")) return;
    event.preventDefault();
    if (ends) form.requestSubmit(form.querySelector("[data-call-end]"));
    else look();
  });
  form.querySelector("[data-call-keys]").hidden = false;
  const first = caller.querySelector("input");
  if (!textOf(caller.querySelectorAll("input")) && !document.querySelector(".govuk-error-summary")) first.focus();
}

// What a panel shows of the text of its boxes, looked for when they rest. Returns how to look now.
function watch(form, panel) {
  const boxes = form.querySelectorAll(panel.dataset.of);
  const list = panel.querySelector("[data-found]");
  const said = panel.querySelector("[data-found-said]");
  // Where the panel is out of sight: a way to it, once there is something in it.
  const beside = form.querySelector(`[data-beside="${panel.getAttribute("aria-labelledby")}"]`);
  let asked = textOf(boxes);
  let number = 0;
  let timer;

  async function look() {
    const typed = textOf(boxes);
    if (typed === asked) return;
    asked = typed;
    const mine = ++number;
    const page = await post(panel.dataset.look, new URLSearchParams(new FormData(form)));
    // Somebody who types fast is shown what was found of the last text alone.
    if (mine !== number) return;
    if (page === null) asked = "";
    else show(page);
  }

  function show(page) {
    const parts = new DOMParser().parseFromString(page, "text/html").body.childNodes;
    list.replaceChildren(...parts);
    const line = list.querySelector("[data-found-line]").textContent;
    if (said.textContent !== line) said.textContent = line;
    if (!beside) return;
    beside.hidden = !list.querySelector("li");
    beside.firstElementChild.textContent = line;
  }

  boxes.forEach((box) => box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  }));
  return look;
}

function textOf(boxes) {
  return [...boxes].map((box) => box.value.trim()).join("\n").trim();
}

async function post(address, body) {
  const headers = { "X-CSRFToken": token() };
  const answer = await fetch(address, { method: "POST", body, headers, redirect: "manual" }).catch(() => null);
  return answer?.ok ? answer.text() : null;
}

// Nobody hears it tick: it is hidden from screen readers, which have when the call began.
export function timer(element) {
  const began = performance.now() - Number(element.dataset.timer) * 1000;

  function tick() {
    const seconds = Math.floor((performance.now() - began) / 1000);
    const minutes = Math.floor(seconds / 60);
    element.textContent = element.dataset.words.replace("{minutes}", minutes).replace("{seconds}", seconds % 60);
  }

  setInterval(tick, 1000);
  tick();
}
