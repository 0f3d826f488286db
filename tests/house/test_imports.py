"""Imports run one way: between the rooms, between the parts of an app, inside a part."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

# room -> the rooms it may know
ROOMS = {
    "accounts": set(),
    "activity": {"accounts"},
    "proposals": {"accounts", "activity"},
    "pathfinders": {"accounts", "activity"},
    "advice": {"accounts", "activity"},
    "mutuals_portal": {"accounts", "activity", "proposals", "pathfinders", "advice"},
}
# The only ways between the three apps.
DOORS = {
    ("proposals.decision", "pathfinders.register.actions"),
    # What everybody may see of a pathfinder, for a question about one.
    ("advice.intake", "pathfinders.models"),
}
# app -> its parts; a part knows those before it
PARTS = {
    "proposals": [
        *("draft", "check", "ideas", "money", "ballot", "employer", "review", "decision"),
        "figures",
    ],
    "pathfinders": ["register", "journey", "promises", "barriers", "fund", "mentoring"],
    "advice": ["intake", "queue", "answers", "callbacks", "knowledge", "figures"],
}
# inside a part, a module knows those before it
LAYERS = ["models", "actions", "forms", "views", "urls"]
FILES = sorted(
    path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts
)


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@cache
def imports_of(path: Path) -> list[str]:
    """Every module that a file imports, at any depth: in functions too."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found += (node.module or "", *(f"{node.module}.{each.name}" for each in node.names))
    return found


def rooms_between(module: str, imported: str) -> bool:
    here, there = module.split(".")[0], imported.split(".")[0]
    if there not in ROOMS or there == here or there in ROOMS[here]:
        return True
    part = ".".join(module.split(".")[:2])
    return any(
        (part == door and (imported == way or imported.startswith(f"{way}.")))
        or (part == door and way.startswith(f"{imported}."))
        for door, way in DOORS
    )


def parts_between(module: str, imported: str) -> bool:
    here, there = module.split("."), imported.split(".")
    parts = PARTS.get(here[0], [])
    if here[0] != there[0] or len(here) < 2 or len(there) < 2:
        return True
    if here[1] not in parts or there[1] not in parts:
        return True
    return parts.index(there[1]) <= parts.index(here[1])


def layers_between(module: str, imported: str) -> bool:
    here, there = module.split("."), imported.split(".")
    depth = 2 if here[0] in PARTS and len(here) > 1 and here[1] in PARTS[here[0]] else 1
    if here[:depth] != there[:depth] or len(here) <= depth or len(there) <= depth:
        return True
    if here[depth] not in LAYERS or there[depth] not in LAYERS:
        return True
    return LAYERS.index(there[depth]) <= LAYERS.index(here[depth])


@pytest.mark.parametrize("rule", [rooms_between, parts_between, layers_between])
def test_imports_run_one_way(rule):
    wrong = [
        f"{module_of(path)} imports {imported}"
        for path in FILES
        for imported in imports_of(path)
        if not rule(module_of(path), imported)
    ]
    assert wrong == []


def test_the_rules_can_fail():
    assert not rooms_between("accounts.views", "activity.clock")
    assert not rooms_between("advice.queue.actions", "proposals.models")
    assert not rooms_between("proposals.review.actions", "pathfinders.register.actions")
    assert rooms_between("proposals.decision.actions", "pathfinders.register.actions.open")
    assert not parts_between("proposals.draft.views", "proposals.review.models")
    assert not layers_between("proposals.draft.models", "proposals.draft.actions")
    assert not layers_between("activity.models.events", "activity.views")


def test_every_part_is_in_the_table():
    for app, parts in PARTS.items():
        packages = {path.parent.name for path in (ROOT / app).glob("*/__init__.py")}
        assert packages - {"migrations", "management", "templatetags"} <= set(parts)


def test_only_settings_read_the_environment():
    readers = [
        module_of(path)
        for path in FILES
        if not module_of(path).startswith("mutuals_portal.supervisor")
        and {"os.environ", "os.getenv", "environs"} & set(reads_of(path))
    ]
    assert readers == ["mutuals_portal.settings"]


def reads_of(path: Path) -> Iterator[str]:
    """Reads of the environment, but for `setdefault` of the settings module's own name."""
    words = path.read_text("utf-8")
    if "environ" not in words and "getenv" not in words:
        return
    for node in ast.walk(ast.parse(words)):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        if isinstance(node, ast.Subscript | ast.Call):
            target = node.value if isinstance(node, ast.Subscript) else node.func
            text = ast.unparse(target)
            if text in {"os.environ", "os.getenv", "os.environ.get"}:
                yield text.removesuffix(".get")
