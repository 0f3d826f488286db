"""What a team does: writing, its people, and its steps."""

from proposals.draft.actions.steps import ask_sign_off, reopen, sign, submit, withdraw
from proposals.draft.actions.team import accept, invite, member_remove, revoke
from proposals.draft.actions.writing import Clash, Closed, create, save_page

__all__ = [
    "Clash",
    "Closed",
    "accept",
    "ask_sign_off",
    "create",
    "invite",
    "member_remove",
    "reopen",
    "revoke",
    "save_page",
    "sign",
    "submit",
    "withdraw",
]
