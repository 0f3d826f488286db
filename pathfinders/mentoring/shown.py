"""What mentoring adds to an entry of the register: an audience, a panel, a refusal."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from pathfinders.mentoring.models import Mentorship, bodies_mentored_for, of_mentors
from pathfinders.mentoring.words import sentence
from pathfinders.register.audiences import NOTHING, Reader, is_coordinator
from pathfinders.register.models import Pathfinder
from pathfinders.register.panels import Panel


def mentors_of_it(reader: Reader) -> Q:
    """A mentor sees a private entry while an offer or a mentorship with it is open."""
    theirs = of_mentors(reader)
    if theirs == NOTHING:
        return NOTHING
    return Q(pk__in=Mentorship.objects.open().filter(theirs).values("pathfinder"))


def panel(reader: Reader, pathfinder: Pathfinder) -> Panel | None:
    """The mentorship, for those who may see it; the public reads of it once both agree to that."""
    if not isinstance(reader, User):
        return None
    visible = Mentorship.objects.visible_to(reader).open().select_related("mentor")
    found = visible.filter(pathfinder=pathfinder).first()
    may_offer = is_coordinator(reader) and not pathfinder.has_ended
    if found is None and not may_offer:
        return None
    words = {
        "mentorship": found,
        "pathfinder": pathfinder,
        "sentence": sentence(reader, found) if found else "",
    }
    return Panel("pathfinders/mentor_panel.html", words)


def answers_for_its_mentor(pathfinder: Pathfinder, user: User) -> str:
    """Nobody stands on both sides of a mentorship: they could answer for each."""
    open_ones = Mentorship.objects.open().filter(pathfinder=pathfinder)
    if open_ones.filter(mentor__organisation__in=bodies_mentored_for(user)).exists():
        return _("This person answers for the pathfinder's mentor, so cannot answer for it too.")
    return ""
