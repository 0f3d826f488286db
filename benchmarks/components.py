"""How long a component takes to draw: `python benchmarks/components.py`.

Draws the first visible fixture of each component 1,000 times and prints its milliseconds of the
processor. They are those of the best of a hundred short rounds, in each of which every component
has its turn: so other work on the machine counts little, and for all of them alike. Ends with 1
when a component takes longer than it may.
"""

import os
import sys
import time
from pathlib import Path

import django

MOST = 0.2  # milliseconds
ROUNDS, EACH = 100, 10


def main() -> int:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutuals_portal.settings")
    django.setup()
    # These need the path and the settings.
    from mutuals_portal.components import draw  # noqa: PLC0415
    from tests.look.official import fixtures  # noqa: PLC0415

    first = {}
    for name, fixture in fixtures():
        if not fixture["hidden"]:
            first.setdefault(name, fixture["options"])
    best = dict.fromkeys(first, float("inf"))
    for _ in range(ROUNDS):
        for name, options in first.items():
            began = time.process_time()
            for _ in range(EACH):
                draw(name, options)
            best[name] = min(best[name], (time.process_time() - began) / EACH * 1000)
    for name, took in sorted(best.items(), key=lambda pair: -pair[1]):
        print(f"{name:22}{took:6.3f} ms{'  too slow' * (took > MOST)}")
    return int(max(best.values()) > MOST)


if __name__ == "__main__":
    sys.exit(main())
