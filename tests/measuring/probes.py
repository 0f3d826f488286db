"""What one process saw, and what all of them did."""

import ast
import json
import uuid
from collections.abc import Sequence
from pathlib import Path
from types import CodeType
from typing import Any

from slipcover import FileMatcher, ImportManager, Slipcover, merge_coverage
from slipcover.branch import preinstrument

from tests.measuring.statements import percent

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["mutuals_portal", "accounts", "activity", "proposals", "pathfinders", "advice"]
OMITTED = ["*/migrations/*"]
# Probes stay. To take out those that were met often costs more than it saves, and looks through
# the modules of all threads while these import more.
NEVER = -1


class Probes:
    """What this process runs through of the modules that it imports from now on."""

    def __init__(self, folder: Path | None = None, rooms: Sequence[str] = ROOMS) -> None:
        """folder: where each process writes what it saw; a plugin of pytest knows it later."""
        self.folder = folder
        self.rooms = [ROOT / room for room in rooms]
        self.slipcover = Slipcover(branch=True, d_miss_threshold=NEVER, omit=OMITTED)
        self.ours = FileMatcher(sources=self.rooms, omit=OMITTED)
        ImportManager(self.slipcover, self.ours).__enter__()

    def into(self, path: Path) -> CodeType:
        """The code of a file that is not imported but run."""
        tree = preinstrument(ast.parse(path.read_bytes()))
        return self.slipcover.instrument(compile(tree, str(path), "exec"))

    def write(self) -> None:
        """Write down what was seen until now, whole or not at all: a process may be killed."""
        path = self.folder / f"{uuid.uuid4()}.json"
        path.with_suffix(".new").write_text(json.dumps(self.slipcover.get_coverage()))
        path.with_suffix(".new").rename(path)

    def united(self) -> dict[str, Any]:
        """What all processes saw, with the files that none of them imported."""
        seen = self.slipcover.get_coverage()
        for path in self.folder.glob("*.json"):
            merge_coverage(seen, json.loads(path.read_text()))
        for path in self.files() - {ROOT / name for name in seen["files"]}:
            self.into(path)
        merge_coverage(seen, self.slipcover.get_coverage())
        for name, file in seen["files"].items():
            source = (ROOT / name).read_text("utf-8")
            file["summary"]["percent_statements_covered"] = percent(source, file)
        return seen

    def files(self) -> set[Path]:
        found = {path for room in self.rooms for path in room.rglob("*.py")}
        return {path for path in found if self.ours.matches(path)}
