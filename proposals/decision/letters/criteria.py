"""Which test or criterion a reason belongs to, so that a letter can say what was not met."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The family of a code -> what it is measured by. Source: domain guide 4.1, 4.2 and 4.5.
BY_FAMILY: dict[str, str | Promise] = {
    "X": _("Scope: the right covers the service, and those who propose work in it"),
    "S": _("Savings: it costs the public less than the service would in-house"),
    "Q": _("Quality: no part of the service becomes worse than it is today"),
    "G": _("Guarantees: the service goes on safely, and the law is kept"),
    "M": _("Staff control: the members control the mutual"),
    "F": _("Financial viability over five years"),
    "L": _("A lawful route to award the contract"),
    "W": _("Plan for the workforce: transfer and pensions"),
    "A": _("Assets, premises and information"),
    "T": _("Leadership and capability"),
    "D": _("Scope: nobody had decided to stop the service before the idea was raised"),
    "I": _("Information: what is needed to judge the other tests"),
    "V": _("Staff-led: it is a proposal of the staff themselves"),
}
# Codes of a family that belong elsewhere than the rest of it.
SUPPORT = _("Staff support: staff were asked fairly, and enough of them want it")
APART: dict[str, str | Promise] = {"RC-M02": SUPPORT, "RC-M03": SUPPORT}


def criterion_of(code: str) -> str:
    """The test or criterion that a reason code, such as RC-S01, belongs to; "" for one unknown."""
    family = code.removeprefix("RC-")[:1]
    return str(APART.get(code) or BY_FAMILY.get(family, ""))
