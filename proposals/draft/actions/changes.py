"""What was changed in a draft: noted with every save, and taken back on request."""

from __future__ import annotations

import datetime

from django.db.models import Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from activity import clock
from proposals.draft.models import Change, Proposal
from proposals.draft.questions import Answers, Page, Topic

# Saves of one page by one person that follow each other within this are one change: a page saves
# itself every few seconds while somebody types.
SITTING = datetime.timedelta(minutes=30)


def note(
    proposal: Proposal, topic: Topic, page: Page, before: Answers, after: Answers, *, by: User
) -> None:
    """Note what a save of one page changed. before, after: all answers of its section.

    Called with the proposal locked, so that changes are counted without gaps. What was changed and
    changed back in one sitting is no change.
    """
    names = [name for name in after if before.get(name, "") != after[name]]
    if not names:
        return
    was = {name: before.get(name, "") for name in names}
    now = {name: after[name] for name in names}
    changes = Change.objects.filter(proposal=proposal)
    last = changes.filter(section=topic.key, page=page.key).order_by("number").last()
    if last is not None and last.by_id == by.pk and clock.now() - last.at < SITTING:
        _join(last, was, now)
        return
    Change.objects.create(
        proposal=proposal,
        number=Coalesce(Subquery(changes.order_by("-number").values("number")[:1]), 0) + 1,
        section=topic.key,
        page=page.key,
        by=by,
        at=clock.now(),
        before=was,
        after=now,
    )


def _join(last: Change, was: Answers, now: Answers) -> None:
    before, after = was | last.before, last.after | now
    names = [name for name in before if before[name] != after[name]]
    last.before = {name: before[name] for name in names}
    last.after = {name: after[name] for name in names}
    last.at = clock.now()
    # An empty one keeps its number: the next change of the sitting fills it again.
    last.save(update_fields=["before", "after", "at"])
