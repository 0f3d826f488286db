"""A plugin of pytest that gives the tests room for their calls.

Python keeps the frames of calls in chunks of 16 KiB. With every call across the end of a chunk it
asks the system for the next one, and with every return it gives that back: so deep below pytest,
Django asks for one thousands of times a second, a sixth of the time of the tests.
"""

from types import FunctionType
from typing import Any

import pytest


def _go_on(call: Any, session: pytest.Session) -> Any:
    return call(session=session)


# In words. A frame so large has a chunk of 1 MiB, and leaves a third of it to the calls within.
FRAME = 80_000
_in_one_chunk = FunctionType(_go_on.__code__.replace(co_stacksize=FRAME), globals())


class Room:
    """Runs all tests of a process within one chunk."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Any:
        hooks = session.config.pluginmanager
        return _in_one_chunk(hooks.subset_hook_caller("pytest_runtestloop", [self]), session)
