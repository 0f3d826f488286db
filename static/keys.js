// Moves through the rows of a list by single keys, while its reader wants that. Without this the
// list's links and boxes do the same. Where the page says `data-keys="off"`, its reader turns them on
// first; a link that says `data-key="n"` is followed by that key, one in the row before others.
const OFF = "keys-off";
const ON = "keys-on";

export function keys(element) {
  const list = element.querySelector("details");
  const wanted = element.querySelector("input");
  const isOffFirst = element.dataset.keys === "off";
  const rowOf = (place) => place.closest("[data-keys-row]");
  const linkOf = (row) => row.querySelector("a");
  const rows = () => [...document.querySelectorAll("[data-keys-row]")].filter(linkOf);

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
    "/": () => searchField()?.focus(),
    "?": show,
  };

  function linkOfKey(key) {
    if (!/^[a-z]$/.test(key)) return null;
    const named = `[data-key="${key}"]`;
    return rowOf(document.activeElement)?.querySelector(named) ?? document.querySelector(`${named}:not([data-keys-row] *)`);
  }

  document.addEventListener("keydown", (event) => {
    if (!wanted.checked || event.defaultPrevented) return;
    if (isTyping(event.target) || withAnother(event) || dialogIsOpen()) return;
    const link = linkOfKey(event.key);
    const act = Object.hasOwn(does, event.key) ? does[event.key] : link && (() => link.click());
    if (!act) return;
    // Nor may a browser begin a search of its own, or the key be typed where it leads.
    event.preventDefault();
    act();
  });
  const [name, kept] = isOffFirst ? [ON, true] : [OFF, false];
  wanted.addEventListener("change", () => keep(name, wanted.checked === kept));
  wanted.checked = isKept(name) === kept;
}

// That of the page, if it has one, before that of the whole portal.
function searchField() {
  const field = "[role=search] [type=search]";
  return document.querySelector(`main ${field}`) ?? document.querySelector(field);
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

// A browser that keeps nothing for us leaves them as they are at first.
function isKept(name) {
  try {
    return localStorage.getItem(name) !== null;
  } catch {
    return false;
  }
}

function keep(name, is) {
  try {
    if (is) localStorage.setItem(name, "");
    else localStorage.removeItem(name);
  } catch {
    // It holds for this page alone.
  }
}
