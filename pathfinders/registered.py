"""What this app makes known when it is ready: lifecycles and the subjects of messages."""

from __future__ import annotations

from django.urls import reverse

from activity import alike as likeness
from activity import kinds, standing, subjects, workflow
from activity import searching as everywhere
from activity import waiting as desk
from activity.models import Notification
from pathfinders import alike, searching, waiting
from pathfinders.journey import steps as journey
from pathfinders.kinds import KINDS
from pathfinders.mentoring import shown
from pathfinders.mentoring import steps as mentoring
from pathfinders.mentoring import words as mentoring_words
from pathfinders.mentoring.models import Mentorship
from pathfinders.mentoring.models import Status as Mentoring
from pathfinders.register import audiences, panels, people
from pathfinders.register import steps as register
from pathfinders.register import words as register_words
from pathfinders.register.choices import STAGES, Status
from pathfinders.register.models import Pathfinder


def everything() -> None:
    """Make this app's records known to the house."""
    workflow.register(PATHFINDER)
    workflow.register(MENTORSHIP)
    kinds.register(*KINDS)
    standing.register(Pathfinder, register_words.STANDING)
    standing.register(Mentorship, mentoring_words.STANDING)
    audiences.register(shown.mentors_of_it)
    panels.register(shown.panel)
    people.register(shown.answers_for_its_mentor)
    desk.register(waiting.for_anybody)
    everywhere.register(searching.search)
    likeness.register(alike.find)
    for model in (Pathfinder, Mentorship):
        subjects.register(
            subjects.Subject(
                model=model,
                address=address,
                guard=may_still_see,
                quiet=lambda notification, record: notification.kind in QUIET,
            )
        )


PATHFINDER = workflow.Lifecycle(
    name="pathfinder",
    model=Pathfinder,
    statuses=Status,
    born=STAGES,
    steps=(*journey.STEPS, *register.STEPS),
)
MENTORSHIP = workflow.Lifecycle(
    name="mentorship",
    model=Mentorship,
    statuses=Mentoring,
    born=(Mentoring.PROPOSED,),
    steps=mentoring.STEPS,
)


# To somebody who may read it at work: that they belong to a mutual is nobody's business there.
QUIET = {"pathfinder.add_person", "pathfinder.remove_person"}
# They may no longer see the entry: that is what they are told.
SENT_AWAY = "pathfinder.remove_person"


def address(notification: Notification, record: Pathfinder | Mentorship) -> str:
    """The record's page; for somebody who was taken off it, the page on which they land."""
    if notification.kind == SENT_AWAY:
        return reverse("start")
    return record.get_absolute_url()


def may_still_see(notification: Notification, record: Pathfinder | Mentorship) -> str | None:
    """Hold mail to somebody who may no longer see what it speaks of."""
    if notification.user is None:
        return "no-account"
    if notification.kind == SENT_AWAY:
        return None
    visible = type(record).objects.visible_to(notification.user).filter(pk=record.pk)
    return None if visible.exists() else "not-theirs"
