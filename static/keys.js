// Moves through the rows of a list by single keys, while its reader wants that. Without this the
// list's links and boxes do the same.
const OFF = "keys-off";

export function keys(element) {
  const list = element.querySelector("details");
  const wanted = element.querySelector("input");
  const rows = () => [...document.querySelectorAll("[data-keys-row]")];
  const rowOf = (place) => place.closest("[data-keys-row]");
  const linkOf = (row) => row.querySelector("a");

  function move(by) {
    const every = rows();
    const at = every.indexOf(rowOf(document.activeElement));
    // From anywhere else the first key leads to the first row, whichever way it points.
    const to = at < 0 ? every[0] : every[at + by];
    if (to) linkOf(to).focus();
  }

  function show() {
    list.open = true;
    list.querySelector("summary").focus();
  }

  const does = {
    j: () => move(1),
    k: () => move(-1),
    x: () => rowOf(document.activeElement)?.querySelector("[type=checkbox]")?.click(),
    "/": () => document.querySelector("[role=search] [type=search]")?.focus(),
    "?": show,
  };

  document.addEventListener("keydown", (event) => {
    const isOurs = Object.hasOwn(does, event.key) && wanted.checked && !event.defaultPrevented;
    if (!isOurs || isTyping(event.target) || withAnother(event) || dialogIsOpen()) return;
    // Nor may a browser begin a search of its own, or the key be typed where it leads.
    event.preventDefault();
    does[event.key]();
  });
  wanted.addEventListener("change", () => keep(!wanted.checked));
  wanted.checked = !isOff();
}

function isTyping(place) {
  return place.matches("input:not([type=checkbox], [type=radio]), textarea, select") || place.isContentEditable;
}

function withAnother(event) {
  return event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
}

function dialogIsOpen() {
  return document.querySelector("dialog[open]") !== null;
}

// A browser that keeps nothing for us leaves them on.
function isOff() {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
}

function keep(off) {
  try {
    if (off) localStorage.setItem(OFF, "");
    else localStorage.removeItem(OFF);
  } catch {
    // It holds for this page alone.
  }
}
