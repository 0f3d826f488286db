"""What stands where on a page, whatever it says: what a browser and axe look at."""

from __future__ import annotations

from html.parser import HTMLParser

# They have no end tag, or nothing in them that could stand wrongly.
EMPTY = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
# Beyond its class, what decides how an element is drawn and read out.
TELLING = ("class", "role", "type", "autocomplete")
# A longer word may not fit on a narrow screen; counted in steps of this many letters.
LONG = 20


def places(text: str) -> set[str]:
    """Each kind of element of a page, by what it stands in.

    Elements are of one kind that have the same name, classes and attributes; so are rows of a
    table however many there are, and paragraphs whatever they say, but for very long words.
    """
    reader = _Reader()
    reader.feed(text)
    return reader.places


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.places: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.stand(tag, attrs)
        if tag in EMPTY:
            self.open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.stand(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        steps = max(map(len, data.split()), default=0) // LONG
        if steps:
            self.places.add(" > ".join([*self.open, f"a word of {steps * LONG} letters"]))

    def stand(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        values = [f"{name}={told[name]}" for name in TELLING if told.get(name)]
        self.open.append(" ".join([tag, *values, *sorted(told)]))
        self.places.add(" > ".join(self.open))
