"""Bringing the figures of a workbook in: all of them, as their pages would save them, or none."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.models import User
from activity.transactions import in_one_piece, lock
from proposals.draft.actions.writing import mark_of, save_page
from proposals.draft.models import Proposal, Section
from proposals.draft.questions import Answers
from proposals.money.forms import MONEY
from proposals.money.workbook import layout
from proposals.money.workbook.differences import Difference, changed, differences


def seen_of(answers: Answers) -> dict[str, str]:
    """The marks of what each page shows, by its key: what a preview was drawn from."""
    return {page.key: mark_of(answers, page) for page in layout.PAGES}


@in_one_piece
def bring_in(
    proposal: Proposal, brought: Mapping[str, str], *, seen: Mapping[str, str], by: User
) -> list[Difference]:
    """Save each page that the workbook changes, and return what was changed; [] the second time.

    brought: the answer of each box by its key. seen: as `seen_of` what the preview was drawn from.
    Raises as `save_page` and saves nothing then: Clash where somebody saved one of these pages
    since.
    """
    fresh = lock(Proposal, proposal.pk, by=by)
    section = Section.objects.filter(proposal=fresh, key=MONEY.key).first()
    answers = section.answers if section else {}
    found = differences(answers, brought)
    for page, typed in changed(answers, found).items():
        form = page.form(data=typed)
        save_page(fresh, MONEY, page, form, seen=seen.get(page.key, ""), by=by)
    return found
