"""The programme's facts, as the sources state them: what is not given there is null here."""

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The facts of one file: "programme", "mentors" or "pathfinders". Not to be changed."""
    facts: dict[str, Any] = json.loads(Path(__file__).with_name(f"{name}.json").read_text("utf-8"))
    return facts
