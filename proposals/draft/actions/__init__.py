"""What a team does: writing, its people, and its steps."""

from proposals.draft.actions.members import (
    hand_over,
    leave,
    member_change,
    member_remove,
    names,
    say_of_oneself,
)
from proposals.draft.actions.steps import ask_sign_off, reopen, sign, submit, withdraw
from proposals.draft.actions.team import accept, invite, revoke
from proposals.draft.actions.writing import Clash, Closed, create, save_page

__all__ = [
    "Clash",
    "Closed",
    "accept",
    "ask_sign_off",
    "create",
    "hand_over",
    "invite",
    "leave",
    "member_change",
    "member_remove",
    "names",
    "reopen",
    "revoke",
    "save_page",
    "say_of_oneself",
    "sign",
    "submit",
    "withdraw",
]
