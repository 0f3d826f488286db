"""What people and the clock do with a vote."""

from proposals.ballot.actions.elsewhere import enter
from proposals.ballot.actions.preparing import (
    begin,
    call_off,
    change,
    replace,
)
from proposals.ballot.actions.running import (
    check_roll,
    close,
    close_due,
    forget_rolls,
    keep_roll,
    make_codes,
    mark_of,
    next_letters,
    note_printed,
    open_,
)

__all__ = [
    "begin",
    "call_off",
    "change",
    "check_roll",
    "close",
    "close_due",
    "enter",
    "forget_rolls",
    "keep_roll",
    "make_codes",
    "mark_of",
    "next_letters",
    "note_printed",
    "open_",
    "replace",
]
