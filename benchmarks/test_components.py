"""How long a component takes to draw.

Draws the first visible fixture of each component, GOV.UK's "default", 1,000 times: a hundred short
rounds in each of which every component has its turn, so that other work on the machine counts alike
for all of them. Of the processor's time in each round it prints the shortest and the median, and how
many parts are drawn where the fixture lists some.
"""

from __future__ import annotations

import time
from statistics import fmean, median
from typing import Any

from mutuals_portal.components import draw
from tests.look.official import fixtures

# Milliseconds, as the median of any component, and on average. Both hold on a busy machine too.
MOST, MOST_ON_AVERAGE = 0.2, 0.1
ROUNDS, EACH = 100, 10


def first_of_each() -> dict[str, Any]:
    """The options of the first visible fixture of each component."""
    first: dict[str, Any] = {}
    for name, fixture in fixtures():
        if not fixture["hidden"]:
            first.setdefault(name, fixture["options"])
    return first


def parts(options: dict[str, Any]) -> str:
    """How many parts are drawn: "3 rows", or "3 rows of 3"; nothing for what is no list."""
    lists = {name: value for name, value in options.items() if isinstance(value, list)}
    found = [
        f"{len(value)} {name}" + (f" of {len(value[0])}" if isinstance(value[0], list) else "")
        for name, value in lists.items()
    ]
    return ", ".join(found)


def milliseconds(name: str, options: dict[str, Any]) -> float:
    began = time.process_time()
    for _ in range(EACH):
        draw(name, options)
    return (time.process_time() - began) / EACH * 1000


def test_no_component_takes_longer_than_it_may() -> None:
    first = first_of_each()
    rounds: dict[str, list[float]] = {name: [] for name in first}
    for _ in range(ROUNDS):
        for name, options in first.items():
            rounds[name].append(milliseconds(name, options))
    middle = {name: median(times) for name, times in rounds.items()}
    print("\ncomponent              shortest    median")
    for name in sorted(first, key=middle.__getitem__, reverse=True):
        print(f"{name:22}{min(rounds[name]):6.3f} ms {middle[name]:6.3f} ms  {parts(first[name])}")
    average = fmean(middle.values())
    shortest = fmean(map(min, rounds.values()))
    print(f"{'on average':22}{shortest:6.3f} ms {average:6.3f} ms")
    assert {name: took for name, took in middle.items() if took > MOST} == {}
    assert average < MOST_ON_AVERAGE
