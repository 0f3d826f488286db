// Says that this page is looked at, and shows who else is here. It locks nothing.
import { token } from "./token.js";

const BEAT = 20 * 1000;
const STILL_WRITING = 30 * 1000;

export function presence(element) {
  const { here, place, reference, spot } = element.dataset;
  let typedAt = -STILL_WRITING;
  let timer;

  const isWriting = () => Date.now() - typedAt < STILL_WRITING;

  async function beat() {
    clearTimeout(timer);
    if (document.hidden) return;
    timer = setTimeout(beat, BEAT);
    const answer = await tell(isWriting() ? { writing: "on" } : {});
    const isTold = answer?.headers.get("Content-Type") === "application/json";
    const told = isTold ? await answer.json().catch(() => null) : null;
    show(told?.lines ?? []);
    // Signed out, or no longer among those who may know: until somebody looks here again.
    if (answer && !answer.ok) clearTimeout(timer);
  }

  function tell(more, keepalive = false) {
    const headers = { Accept: "application/json", "X-CSRFToken": token() };
    const body = new URLSearchParams({ place, reference, spot, ...more });
    return fetch(here, { method: "POST", headers, body, keepalive, redirect: "manual" }).catch(() => null);
  }

  // Only what changed is spoken, so the same lines are not put there again.
  function show(lines) {
    const shown = [...element.children].map((line) => line.textContent);
    if (lines.join("\n") === shown.join("\n")) return;
    element.replaceChildren(...lines.map(lineOf));
  }

  document.querySelector("main").addEventListener("input", () => {
    const begins = !isWriting();
    typedAt = Date.now();
    if (begins) beat();
  });
  document.addEventListener("visibilitychange", beat);
  window.addEventListener("pageshow", (event) => event.persisted && beat());
  window.addEventListener("pagehide", () => {
    clearTimeout(timer);
    tell({ left: "on" }, true);
  });
  beat();
}

function lineOf(words) {
  const line = document.createElement("span");
  line.className = "app-here";
  line.textContent = words;
  return line;
}
