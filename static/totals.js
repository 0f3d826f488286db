// Shows what the figures on a page come to while somebody types them; the button does so too.
import { token } from "./token.js";

const PAUSE = 2000;

export function totals(form) {
  let timer;
  let asked = 0;

  async function work() {
    const number = ++asked;
    const headers = { Accept: "application/json", "X-CSRFToken": token() };
    const request = { method: "POST", body: new URLSearchParams(new FormData(form)), headers, redirect: "manual" };
    const answer = await fetch(form.dataset.totals, request).catch(() => null);
    const isTold = answer?.ok && answer.headers.get("Content-Type") === "application/json";
    const texts = isTold ? await answer.json().catch(() => null) : null;
    // Of two answers the later question counts.
    if (texts && number === asked) show(texts);
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(work, PAUSE);
  });
}

function show(texts) {
  for (const [id, text] of Object.entries(texts)) {
    const place = document.getElementById(id);
    if (!place || place.textContent === text) continue;
    place.textContent = text;
    place.classList.toggle("app-neg", text.startsWith("\u2212"));
  }
}
