// Adds a button that copies an address beside it. Without this the address is there as text.
export function copyable(element) {
  // A browser gives the clipboard only to pages that nobody on the way can read.
  if (!navigator.clipboard) return;
  const { copy, label, done, failed } = element.dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary app-copy__button";
  button.textContent = label;
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  element.append(button, status);

  button.addEventListener("click", async () => {
    // Emptied first, so that a second press is spoken too.
    status.textContent = "";
    const words = await navigator.clipboard.writeText(copy).then(() => done, () => failed);
    status.textContent = words;
  });
}
