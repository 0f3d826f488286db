"""Documents of the example proposals: small files, made here, such as teams add."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from activity import clock, printed
from activity.documents import taken
from proposals.draft import actions
from proposals.draft.models import Proposal

LETTER = Path(__file__).with_name("example_letter.typ")

NOTES = """Example: notes of a staff meeting

Everybody who works in the service was asked to come. The lead explained what a mutual is and what it is not.

Asked: do we keep our pensions?
Answered: yes, if the scheme agrees; we have asked it and wait for its letter.

Asked: who decides when the money gets tight?
Answered: the board, in which staff have the most seats.

Nearly everybody was for going on with the proposal. Nobody was against it.
"""
LEASE = {
    "title": "Example: a letter about the lease",
    "words": [
        "You asked whether the clinic could stay in its rooms if it left the trust.",
        "We are willing to let the rooms to the new body for ten years, at the rent that the trust "
        "pays now, from the day on which it takes the service over.",
        "This letter is no contract. It shows that the rooms can be had.",
    ],
}


def add_notes(proposal: Proposal, by: User) -> None:
    """The notes of a meeting, to the section about staff."""
    _add(proposal, "staff", "Staff meeting.txt", "Notes of a staff meeting", NOTES.encode(), by)


def add_letter(proposal: Proposal, by: User) -> None:
    """A landlord's letter, to the section about assets."""
    content = printed.made(LETTER, LEASE, at=clock.now())
    _add(proposal, "assets", "Letter about the lease.pdf", "What our landlord says", content, by)


def _add(proposal: Proposal, section: str, name: str, title: str, content: bytes, by: User) -> None:
    file = taken(SimpleUploadedFile(name, content))
    once = uuid.uuid4()
    actions.add_document(
        proposal=proposal, section=section, title=title, file=file, once=once, by=by
    )
