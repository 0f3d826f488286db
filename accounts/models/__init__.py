"""People, the bodies they act in, their roles there, the interests they declared, their absences."""

from accounts.models.absences import (
    COVERED,
    Absence,
    AbsenceQuerySet,
    Reply,
)
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
    "COVERED",
    "MOST_LIKE",
    "Absence",
    "AbsenceQuerySet",
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
    "Reply",
    "Role",
    "Tie",
    "User",
    "UserManager",
    "contact_problems",
    "is_within",
]
