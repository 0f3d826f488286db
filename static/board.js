// Draws the board anew every half minute while somebody can see it. Nothing is spoken, and asking
// keeps nobody signed in.
const EVERY = 30 * 1000;

export function board(element) {
  const stopped = document.querySelector("[data-board-stopped]");
  let timer;

  async function refresh() {
    clearTimeout(timer);
    if (document.hidden) return;
    const answer = await fetch(element.dataset.board, { redirect: "manual" }).catch(() => null);
    stopped.hidden = Boolean(answer?.ok);
    if (answer?.ok) show(await answer.text());
    // Signed out, or no adviser any longer; a line that is down may come back.
    if (!answer || answer.ok) wait();
  }

  function show(words) {
    const page = new DOMParser().parseFromString(words, "text/html");
    element.replaceChildren(...page.body.children);
  }

  function wait() {
    timer = setTimeout(refresh, EVERY);
  }

  document.addEventListener("visibilitychange", refresh);
  wait();
}
