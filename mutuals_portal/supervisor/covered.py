"""Whether the tests run through all that they must, by the report of tests/measuring."""

import json
from pathlib import Path
from typing import Any

# Of each file, in per cent.
LINES = 95
# Every line and branch of these: the floor of all rooms, and what needs no database.
WHOLE = (
    "accounts/importing.py",
    "activity/",
    "advice/intake/addresses.py",
    "mutuals_portal/amounts.py",
    "mutuals_portal/bars.py",
    "mutuals_portal/charts.py",
    "mutuals_portal/compared.py",
    "mutuals_portal/lines.py",
    "mutuals_portal/logs.py",
    "pathfinders/mentoring/terms.py",
    "pathfinders/register/choices.py",
    "pathfinders/register/facts.py",
    "proposals/ballot/codes.py",
    "proposals/ballot/counting.py",
    "proposals/ballot/rolls.py",
    "proposals/ballot/untraced.py",
    "proposals/ballot/voting.py",
    "proposals/draft/areas.py",
    "proposals/draft/helping.py",
    "proposals/draft/keeping.py",
    "proposals/draft/numbers.py",
    "proposals/check/scope.py",
    "proposals/draft/questions.py",
    "proposals/draft/words.py",
    "proposals/ideas/addresses.py",
    "proposals/money/books.py",
    "proposals/money/doubts.py",
    "proposals/money/reading.py",
    "proposals/money/savings.py",
    "proposals/money/sensitivity.py",
    "proposals/money/workbook/cells.py",
    "proposals/money/workbook/differences.py",
    "proposals/money/workbook/layout.py",
    "proposals/money/workbook/marks.py",
    "proposals/money/workbook/opening.py",
    "proposals/money/workbook/reading.py",
)


def below(report: Path) -> list[str]:
    """A sentence for each file that the tests run through too little."""
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    return [said for name, found in sorted(files.items()) if (said := _short(name, found))]


def _short(name: str, found: dict[str, Any]) -> str:
    lines, branches = found["missing_lines"], found["missing_branches"]
    if name.startswith(WHOLE):
        missed = [*map(str, lines), *(f"{start} to {end}" for start, end in branches)]
        return f"{name} must be covered whole and misses {', '.join(missed)}" if missed else ""
    covered = found["summary"]["percent_statements_covered"]
    if covered >= LINES:
        return ""
    return f"{name} is at {covered:.1f}% of {LINES}% and misses {', '.join(map(str, lines))}"
