"""Checks, without a network, that the lock files hold what pyproject.toml asks for."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from mutuals_portal.supervisor.bootstrap import ROOT

PIN = re.compile(r"^([a-z0-9._-]+)(?:\[.*\])?==([^ ;\\]+)", re.IGNORECASE | re.MULTILINE)
# Nothing in the project may name a host that parts are downloaded from.
FOREIGN = re.compile(r"https?://|--(?:extra-)?index-url|--find-links")


def pins(lock: Path) -> dict[str, str]:
    """Name -> version, as pinned."""
    return {
        canonicalize_name(name): version
        for name, version in PIN.findall(lock.read_text(encoding="utf-8"))
    }


def unmet(asked: list[str], pinned: dict[str, str], lock: str) -> list[str]:
    """A sentence for each requirement that the lock file does not meet."""
    faults = []
    for requirement in map(Requirement, asked):
        version = pinned.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            faults.append(f"{lock} does not meet {requirement}: compile it anew.")
    return faults


def faults(root: Path) -> list[str]:
    """Everything that is wrong with the lock files, as sentences."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    run, dev = root / "requirements.lock", root / "requirements-dev.lock"
    found = unmet(project["project"]["dependencies"], pins(run), run.name)
    found += unmet(project["dependency-groups"]["dev"], pins(dev), dev.name)
    found += [
        f"{dev.name} pins another {name} than {run.name}."
        for name, version in pins(run).items()
        if pins(dev).get(name) != version
    ]
    return found + [
        f"{lock.name} names a place to download from."
        for lock in (run, dev)
        if FOREIGN.search(lock.read_text(encoding="utf-8"))
    ]


if __name__ == "__main__":
    sys.exit("\n".join(faults(ROOT)) or 0)
