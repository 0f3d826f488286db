"""People, the bodies they act in, the roles they hold there, and the interests they declared."""

from accounts.models.interests import (
    COOLS_DAYS,
    Interest,
    InterestQuerySet,
    LineOf,
    Tie,
)
from accounts.models.organisations import (
    MOST_LIKE,
    Findable,
    Likeness,
    Nation,
    Organisation,
    OrganisationKind,
    OrganisationQuerySet,
    contact_problems,
    is_within,
)
from accounts.models.people import (
    User,
    UserManager,
)
from accounts.models.roles import (
    Appointment,
    AppointmentQuerySet,
    DateRange,
    Role,
)

__all__ = [
    "COOLS_DAYS",
    "MOST_LIKE",
    "Appointment",
    "AppointmentQuerySet",
    "DateRange",
    "Findable",
    "Interest",
    "InterestQuerySet",
    "Likeness",
    "LineOf",
    "Nation",
    "Organisation",
    "OrganisationKind",
    "OrganisationQuerySet",
    "Role",
    "Tie",
    "User",
    "UserManager",
    "contact_problems",
    "is_within",
]
