"""What the check says: its outcomes, the answers once more, and the way to the advice line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import OrganisationKind
from proposals.check import scope
from proposals.check.forms import FORMS

OUTCOMES: dict[scope.Outcome, str | Promise] = {
    scope.Outcome.COVERED: gettext_lazy("Your service is likely to be covered"),
    scope.Outcome.MAY_BE_EXEMPT: gettext_lazy("Your service may be exempt"),
    scope.Outcome.NOT_COVERED: gettext_lazy("The right does not cover this"),
    scope.Outcome.ASK: gettext_lazy("Ask the advice line first"),
}
# The words that a question to the advice line begins with are chosen there; by the kind of the
# employer alone it is known how the sector is called there, and the employer itself stays unsaid.
SECTORS = {
    "nhs": ("nhs-trust", "nhs-foundation-trust", "pct", "sha", "icb"),
    "council": ("county", "district", "unitary", "metropolitan", "london-borough"),
    "school": ("college", "school", "university"),
    "civil-service": ("department", "agency", "ndpb"),
    "justice": ("police", "probation", "prison", "fire"),
}
COVERED = "GEN-3"


def question(name: str) -> str:
    """A question in its own words."""
    form = FORMS[name]
    heading: str = getattr(form, "heading_field", name)
    return str(form.base_fields[heading].label)


def rows(answers: scope.Answers) -> list[dict[str, Any]]:
    """What was answered, each with a link to change it."""
    return list(_rows(answers))


def _rows(answers: scope.Answers) -> Iterator[dict[str, Any]]:
    for name in scope.way(answers):
        yield {
            "key": question(name),
            "value": _said(name, answers),
            "href": reverse("proposals:check_question", args=[name]),
        }


def _said(name: str, answers: scope.Answers) -> str:
    if name == "employer":
        if answers[name] == scope.UNLISTED:
            return _("%(name)s, which is not in our list") % {"name": answers["employer_name"]}
        return answers["employer_title"]
    choices: Any = FORMS[name].base_fields[name]
    return str(dict(choices.choices).get(answers[name], ""))


def advice_address(answers: scope.Answers) -> str:
    """The advice line's form with the topic and the sector filled in, never the employer.

    An address stays in histories and logs, so it holds nothing that could name anybody.
    """
    try:
        form = reverse("advice:ask")
    except NoReverseMatch:
        return ""
    known = {"topic": COVERED, "sector": sector_of(answers.get("employer_kind", ""))}
    return f"{form}?{urlencode({name: value for name, value in known.items() if value})}"


def sector_of(kind: str) -> str:
    """The advice line's word for where bodies of this kind are; "" where it has none."""
    found = (sector for sector, kinds in SECTORS.items() if kind in kinds)
    return next(found, "other-public" if kind in OrganisationKind.values else "")
