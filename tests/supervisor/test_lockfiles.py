"""The lock files hold what is asked for, and name no place to download from."""

import shutil
from pathlib import Path

import pytest

from mutuals_portal.supervisor import lockfiles
from tests.supervisor.portal import ROOT

FILES = ("pyproject.toml", "requirements.lock", "requirements-dev.lock")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_our_lock_files_have_no_fault() -> None:
    assert lockfiles.faults(ROOT) == []


def test_missing_part_is_told(copy: Path) -> None:
    replace(copy / "pyproject.toml", '"holidays>=', '"holydays>=')
    assert len(lockfiles.faults(copy)) == 1
    assert lockfiles.faults(copy)[0].startswith("requirements.lock does not meet holydays>=")


def test_version_that_does_not_suffice_is_told(copy: Path) -> None:
    replace(copy / "pyproject.toml", '"pytest>=9"', '"pytest>=99"')
    assert lockfiles.faults(copy) == [
        "requirements-dev.lock does not meet pytest>=99: compile it anew."
    ]


def test_locks_that_differ_are_told(copy: Path) -> None:
    version = lockfiles.pins(copy / "requirements.lock")["celery"]
    replace(copy / "requirements-dev.lock", f"celery=={version}", "celery==5.7.999")
    assert lockfiles.faults(copy) == [
        "requirements-dev.lock pins another celery than requirements.lock."
    ]


@pytest.mark.parametrize("line", ["--index-url https://mirror.example/", "a @ http://b.example/a"])
def test_place_to_download_from_is_told(copy: Path, line: str) -> None:
    lock = copy / "requirements.lock"
    lock.write_text(f"{line}\n{lock.read_text()}")
    assert "requirements.lock names a place to download from." in lockfiles.faults(copy)
