"""The kinds of messages about pathfinders, and what their readers may choose about their mail."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from activity.actors import roles_of
from activity.kinds import How, Kind, in_role


def of_a_mutual(user: User) -> bool:
    """Whoever answers for a pathfinder, and whoever has no role and so may yet."""
    return not roles_of(user) or user.pathfinder_memberships.current().exists()


coordinators = in_role(Role.COORDINATOR)
mentors = in_role(Role.MENTOR)

PATHFINDERS = _("Pathfinders")
MENTORING = _("Mentoring")

KINDS = (
    Kind(
        "pathfinder.open",
        _("A pathfinder entry is open"),
        PATHFINDERS,
        (of_a_mutual, coordinators),
        How.DAY,
    ),
    Kind(
        "pathfinder.add_person",
        _("You belong to a pathfinder now"),
        PATHFINDERS,
        (of_a_mutual,),
        How.DAY,
    ),
    Kind(
        "pathfinder.remove_person",
        _("You no longer belong to a pathfinder"),
        PATHFINDERS,
        (of_a_mutual,),
        How.DAY,
    ),
    Kind(
        "mentorship.offer",
        _("An offer of mentoring waits for your answer"),
        MENTORING,
        (of_a_mutual, mentors),
        why=_("The offer ends on the day that it names."),
    ),
    Kind(
        "mentorship.answer",
        _("An offer of mentoring was answered"),
        MENTORING,
        (of_a_mutual, mentors, coordinators),
        How.DAY,
    ),
)
