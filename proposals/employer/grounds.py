"""On what an employer may object: a closed list; and what is said often and is no ground."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from proposals.draft.models import ReasonCode, SchemeVersion

# Those of the scheme that an employer can know and show. Not that the people proposing do not work
# there (RC-X02), nor what their team lacks (RC-T01): it is not told who they are. Source: domain
# guide 4.5.
OPEN_TO_EMPLOYERS = (
    *("RC-X01", "RC-S01", "RC-S02", "RC-S03", "RC-Q01", "RC-Q02", "RC-Q03"),
    *("RC-G01", "RC-G02", "RC-G03", "RC-L01", "RC-L02", "RC-L03"),
    *("RC-W01", "RC-A01", "RC-D01"),
)

# What is said, and why it is no ground; and what would be one.
NO_GROUNDS = {
    "in-house": (
        _("We prefer to keep it in-house"),
        _(
            "that you prefer to keep it in-house is no ground: staff have the right to propose "
            "this. If it would cost more or be worse than staying in-house, choose that ground and "
            "show it."
        ),
    ),
    "capacity": (
        _("We have no capacity for it"),
        _(
            "that you have no capacity is no ground. If it would cost you money or time that the "
            "staff left out, give your figure under the facts, or accept with a condition."
        ),
    ),
    "policy": (
        _("It is not our policy"),
        _(
            "that it is not your policy is no ground: the right is the policy of every department. "
            "If a law or a safety rule stands against it, choose that ground and name it."
        ),
    ),
}


def open_grounds(scheme: SchemeVersion) -> list[ReasonCode]:
    """The grounds of a version of the scheme that an employer may object on."""
    codes = scheme.reasons.filter(code__in=OPEN_TO_EMPLOYERS, language=settings.LANGUAGE_CODE)
    return sorted(codes, key=lambda reason: OPEN_TO_EMPLOYERS.index(reason.code))
