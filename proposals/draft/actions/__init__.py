"""What a team does: writing, its people, and its steps."""

from proposals.draft.actions.documents import (
    NotAdded,
    add_document,
    mark_infected,
    remove_document,
)
from proposals.draft.actions.lapsing import go_through_the_quiet, lapse, revive
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
from proposals.draft.actions.writing import Clash, Closed, create, restore, save_page

__all__ = [
    "Clash",
    "Closed",
    "NotAdded",
    "accept",
    "add_document",
    "ask_sign_off",
    "create",
    "go_through_the_quiet",
    "hand_over",
    "invite",
    "lapse",
    "leave",
    "mark_infected",
    "member_change",
    "member_remove",
    "names",
    "remove_document",
    "reopen",
    "restore",
    "revive",
    "revoke",
    "save_page",
    "say_of_oneself",
    "sign",
    "submit",
    "withdraw",
]
