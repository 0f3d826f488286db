"""`python -m mutuals_portal.supervisor run|test`, started by bootstrap.py.

In the image: `... prepare|web|worker|beat`.
"""

import sys
from collections.abc import Callable

from mutuals_portal.supervisor import alone, run, test
from mutuals_portal.supervisor.bootstrap import PlainError, disk_sentence
from mutuals_portal.supervisor.places import default_var
from mutuals_portal.supervisor.signals import Stopped

COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run.main,
    "test": test.main,
    **alone.COMMANDS,
}


def main() -> int:
    try:
        return COMMANDS[sys.argv[1]](sys.argv[2:])
    except PlainError as error:
        sys.stderr.write(f"{error}\n")
    except OSError as error:
        sentence = disk_sentence(error, error.filename or default_var())
        if sentence is None:
            raise
        sys.stderr.write(f"{sentence}\n")
    except Stopped:
        sys.stderr.write("Stopped.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
