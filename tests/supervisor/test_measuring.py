"""That what the tests run through is seen, in pytest's processes and the supervisor's."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.measuring.statements import percent
from tests.supervisor.portal import MEASURED, ROOT, SEEN, clean_environment

FILE = '''"""About this file."""

TABLE = (
    "first",
    "second",
)


def step(chosen: bool) -> int:
    """About this step."""
    if (
        chosen
        and TABLE
    ):
        return 1
    return 2
'''


def seen(folder: Path) -> dict[str, set[int]]:
    """File -> the lines of it that processes ran through."""
    lines: dict[str, set[int]] = {}
    for path in folder.glob("*.json"):
        for name, file in json.loads(path.read_text())["files"].items():
            lines.setdefault(name, set()).update(file["executed_lines"])
    return lines


def line(name: str, text: str) -> int:
    """The number of the line of a file that holds this."""
    lines = (ROOT / name).read_text().splitlines()
    return next(number for number, each in enumerate(lines, 1) if text in each)


def measured(monkeypatch: pytest.MonkeyPatch, folder: Path) -> dict[str, str]:
    monkeypatch.setenv(SEEN, str(folder))
    return clean_environment(PORTAL_VAR="/dev/null/var")


@pytest.mark.slow
def test_supervisor_is_measured_on_when_it_follows_its_bootstrap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = measured(monkeypatch, tmp_path)
    done = subprocess.run([ROOT / "run"], env=environment, capture_output=True, text=True)
    assert "/dev/null/var" in done.stderr
    assert done.returncode == 1
    name = "mutuals_portal/supervisor/bootstrap.py"
    assert line(name, "os.execv(") in seen(tmp_path)[name]
    name = "mutuals_portal/supervisor/__main__.py"
    assert {line(name, "return COMMANDS"), line(name, "sys.exit(main())")} <= seen(tmp_path)[name]


@pytest.mark.slow
def test_what_the_supervisor_becomes_is_not_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = measured(monkeypatch, tmp_path)
    told = dict.fromkeys(("SECRET_KEY", "EMAIL_URL", "DATABASE_URL", "REDIS_URL"), "x")
    told |= dict.fromkeys(("ALLOWED_HOSTS", "PORTAL_URL", "PORTAL_FROM"), "x")
    command = [MEASURED, "-m", "mutuals_portal.supervisor", "prepare"]
    done = subprocess.run(command, cwd=ROOT, env=environment | told, capture_output=True, text=True)
    assert "manage.py" in done.stderr
    name = "mutuals_portal/supervisor/alone.py"
    assert line(name, "os.execv(") in seen(tmp_path)[name]
    assert "mutuals_portal/settings.py" not in seen(tmp_path)


# Two processes, of which each makes another mistake, and one that unites what they saw.
MISTAKEN = """
import contextlib, json, pathlib, sys
from tests.measuring.probes import Probes
probes = Probes(pathlib.Path(sys.argv[1]), ["proposals/money"])
if sys.argv[2] == "unite":
    print(json.dumps(probes.united()["files"]))
else:
    from proposals.money.savings import Figures
    with contextlib.suppress(ValueError):
        Figures(-1, *[(0,) * int(sys.argv[2])] * 3, 0)
    probes.write()
"""


@pytest.mark.slow
def test_what_processes_saw_is_united_with_what_none_imported(tmp_path: Path) -> None:
    said = [
        subprocess.run(
            [sys.executable, "-c", MISTAKEN, tmp_path, word],
            cwd=ROOT,
            check=True,
            capture_output=True,
        ).stdout
        for word in ("4", "5", "unite")
    ]
    files = json.loads(said[-1])
    ours = (ROOT / "proposals" / "money").rglob("*.py")
    assert files.keys() == {str(path.relative_to(ROOT)) for path in ours}
    name = "proposals/money/savings.py"
    texts = ("needs five years", 'is a whole number of pence, nought or more.")')
    assert {line(name, text) for text in texts} <= set(files[name]["executed_lines"])
    assert files[name]["missing_lines"]
    assert 0 < files[name]["summary"]["percent_statements_covered"] < 100
    never = files["proposals/money/forms.py"]
    assert never["executed_lines"] == never["executed_branches"] == []
    assert never["summary"]["percent_statements_covered"] == 0


@pytest.mark.parametrize(
    ("executed", "missing", "per_cent"),
    [
        ([1, 3, 4, 5, 9], [11, 12, 13, 15, 16], 40),
        ([1, 3, 4, 5, 9, 11, 12, 16], [13, 15], 80),
        ([1, 3, 4, 5, 9, 11, 12, 13, 15, 16], [], 100),
        ([], [], 100),
    ],
)
def test_statement_counts_once_and_docstring_never(
    executed: list[int], missing: list[int], per_cent: float
) -> None:
    file = {"executed_lines": executed, "missing_lines": missing}
    assert percent(FILE, file) == per_cent
