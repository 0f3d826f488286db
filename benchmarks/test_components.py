"""How long a component takes to draw.

Draws the first visible fixture of each component 1,000 times. Its time is that of the processor, and
of the best of a hundred short rounds in each of which every component has its turn: so other work on
the machine counts little, and for all of them alike. A component is small: one that draws a list,
like a table of four rows or a pagination of five links, is as many as it has parts.
"""

from __future__ import annotations

import time
from typing import Any

from mutuals_portal.components import draw
from tests.look.official import fixtures

# Milliseconds: a component by itself on average, and one that draws a list.
MOST, MOST_OF_A_LIST = 0.2, 0.4
ROUNDS, EACH = 100, 10


def first_of_each() -> dict[str, Any]:
    """The options of the first visible fixture of each component."""
    first: dict[str, Any] = {}
    for name, fixture in fixtures():
        if not fixture["hidden"]:
            first.setdefault(name, fixture["options"])
    return first


def test_no_component_takes_longer_than_it_may() -> None:
    first = first_of_each()
    best = dict.fromkeys(first, float("inf"))
    for _ in range(ROUNDS):
        for name, options in first.items():
            began = time.process_time()
            for _ in range(EACH):
                draw(name, options)
            best[name] = min(best[name], (time.process_time() - began) / EACH * 1000)
    for name, took in sorted(best.items(), key=lambda pair: -pair[1]):
        print(f"{name:22}{took:6.3f} ms")
    average = sum(best.values()) / len(best)
    print(f"{'on average':22}{average:6.3f} ms")
    assert average < MOST
    assert {name: took for name, took in best.items() if took > MOST_OF_A_LIST} == {}
