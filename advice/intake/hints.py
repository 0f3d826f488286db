"""Words that may mean that somebody is at risk: a hint to whoever reads, and never a decision."""

from __future__ import annotations

import re

# As people write them; the end of a word may differ. A question that uses one in passing is told
# of as well: reading it first costs little.
WORDS = (
    *("abuse", "assault", "bully", "bullied", "cover-up", "cover up", "covered up", "danger"),
    *("died", "fraud", "harass", "harm", "hurt", "neglect", "retaliat", "safeguarding", "suicid"),
    *("threat", "unsafe", "victim", "violen", "whistle"),
)
FOUND = re.compile(rf"\b({'|'.join(map(re.escape, WORDS))})\w*", re.IGNORECASE)
MOST = 5


def of_risk(*texts: str) -> list[str]:
    """The words that were found, each once, as they were written; at most MOST."""
    found: dict[str, str] = {}
    for text in texts:
        for match in FOUND.finditer(text):
            found.setdefault(match.group().lower(), match.group())
            if len(found) == MOST:
                return list(found.values())
    return list(found.values())
