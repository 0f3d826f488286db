"""Runs the supervisor's programs as Python would, and measures: `-I FILE ...`, `-m MODULE ...`."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
MODULE = ["-m", "mutuals_portal.supervisor"]
execv = os.execv


def main(flag: str, what: str, *words: str) -> None:
    sys.path[0] = str(ROOT)
    from tests.measuring.probes import Probes  # noqa: PLC0415  # needs the path

    probes = Probes(Path(os.environ["PORTAL_TESTS_SAW"]))
    path = ROOT.joinpath(*what.split("."), "__main__.py") if flag == "-m" else Path(what)

    def become(python: str, command: Sequence[str]) -> NoReturn:
        """Write first, and measure on where the supervisor follows its bootstrap."""
        probes.write()
        measured = [__file__] if list(command[1:3]) == MODULE else []
        execv(python, [command[0], *measured, *command[1:]])

    os.execv = become
    if flag == "-I":
        del sys.path[0]
    sys.argv = [str(path), *words]
    try:
        exec(probes.into(path), {"__name__": "__main__", "__file__": str(path)})  # noqa: S102
    finally:
        probes.write()


if __name__ == "__main__":
    main(*sys.argv[1:])
