"""What a browser makes of a piece of HTML, so that two pieces can be compared."""

import re

import html5lib

# Elements that GOV.UK's style sheet sets on lines or in boxes of their own: nobody sees a space at
# their edges.
BOXES = {
    *(
        "button",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "form",
        "h1",
        "h2",
        "h3",
    ),
    *("h4", "h5", "h6", "input", "label", "legend", "li", "nav", "ol", "option", "p", "section"),
    *("select", "summary", "svg", "table", "tbody", "td", "textarea", "th", "thead", "tr", "ul"),
}


class Shape:
    """Elements with their attributes, words, and the spaces that are seen, in order."""

    def __init__(self):
        self.parts = []
        self.begun = False  # whether there are words on this line
        self.space = None  # where the last space stands, while no word follows it

    def element(self, node):
        self.edge(node.tag)
        attributes = dict(node.attrib)
        if "class" in attributes:
            attributes["class"] = attributes["class"].split()
        self.parts.append((node.tag, attributes))
        self.inside(node, kept=node.tag in ("textarea", "pre"))
        self.edge(node.tag)
        self.parts.append(f"/{node.tag}")

    def inside(self, node, *, kept=False):
        self.parts.append(node.text or "") if kept else self.words(node.text)
        for child in node:
            if isinstance(child.tag, str):
                self.element(child)
            self.edge(child.tag)
            self.words(child.tail)

    def words(self, text):
        for piece in re.findall(r"[ \t\r\n\f]+|[^ \t\r\n\f]+", text or ""):
            if piece[0] not in " \t\r\n\f":
                self.parts.append(piece)
                self.begun, self.space = True, None
            elif self.begun and self.space is None:
                self.space = len(self.parts)
                self.parts.append(" ")

    def edge(self, tag):
        """A line ends at the edge of a box: the space before it is not seen."""
        if tag in BOXES:
            if self.space is not None:
                del self.parts[self.space]
            self.begun, self.space = False, None


def shape(html):
    """The parts of the HTML; equal for two pieces that differ only in how they are written."""
    found = Shape()
    found.inside(html5lib.parseFragment(html, namespaceHTMLElements=False))
    found.edge("div")
    return found.parts
