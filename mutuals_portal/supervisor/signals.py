"""How a running command is asked to stop."""

import signal
import time
from types import FrameType

ASKS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked this command to stop."""


class Signals:
    """Remembers that a signal came; waiting happens here, so that nothing waits past one."""

    def __init__(self) -> None:
        self.asked = 0

    def install(self) -> None:
        """Listen, also where the signals arrive ignored or blocked from whoever started us."""
        for number in ASKS:
            signal.signal(number, self._note)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ASKS)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.asked = number

    def pause(self, seconds: float) -> None:
        """Wait. Raises Stopped within a tenth of a second of being asked."""
        end = time.monotonic() + seconds
        while True:
            if self.asked:
                raise Stopped
            left = end - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(left, 0.1))
