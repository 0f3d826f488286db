// Puts a canned answer in where the cursor stands, into the box that the form names. Without this its
// button puts it below what is typed.
import { renewToken, token } from "./token.js";

export function insert(form) {
  const { [form.dataset.insert]: words, used } = form.elements;
  // Until somebody has been in it, its cursor stands before the first letter.
  let isEntered = false;
  words.addEventListener("focus", () => (isEntered = true));

  // The button may be one that came since.
  form.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-insert-answer]");
    if (!button || event.defaultPrevented) return;
    event.preventDefault();
    const told = await fetched(form, button);
    if (told) put(told);
    else {
      // The page itself says what is wrong, and keeps what was typed.
      renewToken(form);
      form.requestSubmit(button);
    }
  });

  function put(told) {
    const { value } = words;
    // Words that are marked stay: nothing brings back what a script writes over.
    const at = isEntered ? words.selectionEnd : value.length;
    const before = at && !value.slice(0, at).endsWith("\n") ? "\n\n" : "";
    const after = value.slice(at) && !value.slice(at).startsWith("\n") ? "\n\n" : "";
    words.focus();
    words.setRangeText(before + told.words + after, at, at, "end");
    if (used) used.value = `${used.value} ${told.used}`.trim();
    words.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

async function fetched(form, button) {
  const body = new URLSearchParams(new FormData(form));
  body.set("insert", button.value);
  const headers = { Accept: "application/json", "X-CSRFToken": token() };
  const request = { method: "POST", body, headers, redirect: "manual" };
  const answer = await fetch(form.action, request).catch(() => null);
  return answer?.ok ? answer.json().catch(() => null) : null;
}
