// Puts a canned answer in where the cursor stands. Without this its button puts it below what is typed.
import { renewToken, token } from "./token.js";

export function insert(form) {
  const { words, used } = form.elements;
  // Until somebody has been in it, its cursor stands before the first letter.
  let isEntered = false;
  words.addEventListener("focus", () => (isEntered = true));

  form.querySelectorAll("[data-insert-answer]").forEach((button) => {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      fetched(form, button).then((told) => {
        if (told) put(told);
        else {
          // The page itself says what is wrong, and keeps what was typed.
          renewToken(form);
          form.requestSubmit(button);
        }
      });
    });
  });

  function put(told) {
    const { value } = words;
    const start = isEntered ? words.selectionStart : value.length;
    const end = isEntered ? words.selectionEnd : value.length;
    const before = start && !value.slice(0, start).endsWith("\n") ? "\n\n" : "";
    const after = value.slice(end) && !value.slice(end).startsWith("\n") ? "\n\n" : "";
    words.focus();
    words.setRangeText(before + told.words + after, start, end, "end");
    used.value = `${used.value} ${told.used}`.trim();
    words.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

async function fetched(form, button) {
  const body = new URLSearchParams({ insert: button.value });
  const headers = { Accept: "application/json", "X-CSRFToken": token() };
  const request = { method: "POST", body, headers, redirect: "manual" };
  const answer = await fetch(form.action, request).catch(() => null);
  return answer?.ok ? answer.json().catch(() => null) : null;
}
