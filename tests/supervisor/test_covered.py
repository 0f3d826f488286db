"""The bar that coverage must clear."""

import json
from pathlib import Path
from typing import Any

import pytest

from mutuals_portal.supervisor import covered, test
from tests.supervisor.portal import ROOT


def found(lines: list[int], branches: list[list[int]], percent: float) -> dict[str, Any]:
    return {
        "missing_lines": lines,
        "missing_branches": branches,
        "summary": {"percent_statements_covered": percent},
    }


@pytest.mark.parametrize(
    ("name", "file", "sentence"),
    [
        ("accounts/views.py", found([], [], 100), None),
        ("accounts/views.py", found([4], [[3, 4]], 95.0), None),
        (
            "accounts/views.py",
            found([4, 7], [[3, 4]], 94.94),
            "accounts/views.py is at 94.9% of 95% and misses 4, 7",
        ),
        ("activity/links.py", found([], [], 100), None),
        (
            "activity/links.py",
            found([9], [[8, 10], [8, -3]], 99.0),
            "activity/links.py must be covered whole and misses 9, 8 to 10, 8 to -3",
        ),
        (
            "proposals/money/savings.py",
            found([], [[5, 9]], 100),
            "proposals/money/savings.py must be covered whole and misses 5 to 9",
        ),
    ],
)
def test_each_file_has_its_bar(
    tmp_path: Path, name: str, file: dict[str, Any], sentence: str | None
) -> None:
    report = tmp_path / "coverage.json"
    report.write_text(json.dumps({"files": {name: file}}))
    assert covered.below(report) == ([sentence] if sentence else [])


def test_what_must_be_covered_whole_is_there() -> None:
    assert [name for name in covered.WHOLE if not (ROOT / name).exists()] == []


def test_no_report_is_no_coverage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not test.is_covered(tmp_path / "coverage.json")
    assert capsys.readouterr().out == "pytest wrote no report of coverage\n"


def test_only_a_whole_run_is_measured(tmp_path: Path) -> None:
    report = tmp_path / "coverage.json"
    report.write_text("of the run before")
    assert f"--measured={report}" in test.how([], quick=False, report=report)
    assert not report.exists()
    assert "tests.measuring.plugin" not in test.how([], quick=True, report=None)
    assert test.how(["tests/a.py"], quick=False, report=None) == ["tests/a.py"]
    assert test.how(["-k", "a"], quick=True, report=None) == ["-k", "a", *test.QUICK]
