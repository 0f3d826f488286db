"""What an employer can confirm: figures and statements that can be checked, in a closed list.

None of it says anything of the team, and none is free text of theirs: an answer that its field
cannot read is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from activity.amounts import pounds
from activity.fields import PoundsField, TextField
from activity.grids import GridField, Line
from proposals.draft import asking as ask
from proposals.draft.codes import MOST_POUNDS, MOST_STAFF, MOST_USERS, PENSION_SCHEMES, UNDER_WAY
from proposals.draft.keeping import Answer
from proposals.draft.models import Version
from proposals.draft.questions import NOTHING, Answers, in_words
from proposals.money import reading
from proposals.money.forms import TodayForm
from proposals.money.savings import YEARS

Words = str | Promise
Sections = Mapping[str, Answers]


@dataclass(frozen=True)
class Fact:
    """One thing to confirm.

    place: the page of the proposal on which the staff say it. told: what they say, as it would be
    typed into its field; empty where they say nothing.
    field: a new field for the employer's own, of the kind that the staff were asked with. about:
    what the figure is of, where its title does not say it all.
    """

    key: str
    title: Words
    place: str
    told: Callable[[Sections], Any]
    field: Callable[[], forms.Field]
    about: Callable[[Sections], Words] = lambda sections: ""


def _answer(section: str, question: str) -> Callable[[Sections], Any]:
    return lambda sections: sections.get(section, {}).get(question)


def _people(most: int) -> Callable[[], forms.Field]:
    needed = _("Enter your figure as a whole number, like 42")
    return lambda: ask.counted(_("Our figure"), "", needed, least=0, most=most)


def _amount() -> PoundsField:
    return ask.pounds(_("Our figure"), _("Enter your figure in whole pounds"))


def _yearly() -> GridField:
    line = Line(_("Our figure"), "", _("Enter your figure for year %(year)s"))
    return GridField({"": line}, columns=YEARS, most=MOST_POUNDS, label=_("Our figures"))


def _places(sections: Sections) -> str:
    rows = sections.get("service", {}).get("S8") or []
    return "\n".join(_postcodes(row.get("postcode", "") for row in rows))


def _postcodes(typed: Any) -> list[str]:
    found = []
    for text in typed:
        with suppress(ValidationError):
            found.append(ask.PostcodeField().clean(text))
    return found


def _schemes(sections: Sections) -> list[str]:
    rows = sections.get("workforce", {}).get("W4") or []
    return list(dict.fromkeys(row.get("scheme", "") for row in rows))


def _cost_today(sections: Sections) -> str:
    form = TodayForm(data=sections.get("money", {}))
    form.is_valid()
    total = reading.total(form.cleaned_data, "F3")
    return "" if total is None else pounds(total)


def _base_year(sections: Sections) -> Words:
    year = str(sections.get("money", {}).get("F1") or "")
    if not year.isdecimal():
        return ""
    words = said(
        "In the financial year %(first)s to %(last)s, with support services and overheads."
    )
    return words % {"first": year[:4], "last": int(year[:4]) + 1}


def _one_off(sections: Sections) -> Any:
    boxes = sections.get("money", {}).get("F7")
    return boxes.get("employer") if isinstance(boxes, Mapping) else ""


FACTS = (
    Fact(
        "headcount",
        _("Number of staff in the service"),
        "staff/staff",
        _answer("staff", "U1_headcount"),
        _people(MOST_STAFF),
    ),
    Fact(
        "fte",
        _("Full-time equivalent of these staff"),
        "staff/staff",
        _answer("staff", "U1_fte"),
        lambda: ask.number(_("Our figure"), _("Enter your figure, like 38.5")),
    ),
    Fact(
        "users",
        _("People who use the service in a year"),
        "service/description",
        _answer("service", "S9"),
        _people(MOST_USERS),
    ),
    Fact(
        "places",
        _("Premises of the service, by postcode"),
        "service/places",
        _places,
        lambda: TextField(
            lines=True,
            rows=3,
            max_length=1000,
            label=_("What is right, one postcode a line"),
            error_messages={"required": _("Enter the postcodes")},
        ),
    ),
    Fact(
        "pensions",
        _("Pension schemes that these staff are in"),
        "workforce/pensions",
        _schemes,
        lambda: ask.some_of(
            _("What is right"), PENSION_SCHEMES, _("Choose the pension schemes that they are in")
        ),
    ),
    Fact(
        "under-way",
        _("Whether the service is already being tendered, closed or moved"),
        "service/under-way",
        _answer("service", "S12"),
        lambda: ask.one_of(
            _("What is right"), UNDER_WAY, _("Choose what is happening to the service")
        ),
    ),
    Fact(
        "cost",
        _("What the service costs in a year, in all"),
        "money/today",
        _cost_today,
        _amount,
        _base_year,
    ),
    Fact(
        "paid",
        _("What is paid for the service in a year, out of the budget that it comes from"),
        "employer/payer",
        _answer("employer", "C2_amount"),
        _amount,
    ),
    Fact(
        "in-house",
        _("What it would cost if it stayed with you, years 1 to 5"),
        "money/figures",
        _answer("money", "F4"),
        _yearly,
        lambda sections: _("If nothing changed but savings that are already planned."),
    ),
    Fact(
        "managing",
        _("What it would cost you to manage the contract, years 1 to 5"),
        "money/figures",
        _answer("money", "F6"),
        _yearly,
        lambda sections: _("With overheads that you could not shed."),
    ),
    Fact("one-off", _("What the change would cost you once"), "money/figures", _one_off, _amount),
)
BY_KEY = {fact.key: fact for fact in FACTS}


@dataclass(frozen=True)
class Told:
    """A fact with what the staff say of it in one version, as typed and in words."""

    fact: Fact
    typed: Answer
    about: Words

    @property
    def words(self) -> str:
        return in_plain_words(self.fact, self.typed)


def told_in(version: Version) -> list[Told]:
    """The facts that a version gives, in order: none where the staff gave no figure.

    Read from the frozen text alone, which names nobody.
    """
    sections: Sections = version.content["sections"]
    found = [Told(fact, fact.told(sections), fact.about(sections)) for fact in FACTS]
    return [each for each in found if _read(each.fact, each.typed) not in (*NOTHING, {})]


def in_plain_words(fact: Fact, typed: Any) -> str:
    """An answer to a fact in words: amounts with their pounds, years one after another."""
    read = _read(fact, typed)
    field = fact.field()
    if isinstance(field, GridField):
        amounts = [each for row in (read or {}).values() for each in row]
        by_year = [
            said("Year %(year)d: %(amount)s") % {"year": year, "amount": pounds(each)}
            for year, each in enumerate(amounts, 1)
        ]
        total = said("Five years: %(amount)s") % {"amount": pounds(sum(filter(None, amounts)))}
        return "\n".join([*by_year, total])
    if isinstance(field, PoundsField):
        return pounds(read)
    return str(in_words(field, typed))


def difference(fact: Fact, theirs: Any, ours: Any) -> str:
    """How far the employer's figure is from the staff's; "" where neither is a number."""
    first, second = _number(fact, theirs), _number(fact, ours)
    if first is None or second is None:
        return ""
    apart = second - first
    if not apart:
        return said("No difference")
    is_money = isinstance(fact.field(), PoundsField | GridField)
    much = pounds(int(abs(apart))) if is_money else f"{abs(apart):,}"
    words = said("%(much)s more") if apart > 0 else said("%(much)s less")
    return words % {"much": much}


def _number(fact: Fact, typed: Any) -> Decimal | None:
    read = _read(fact, typed)
    if isinstance(read, dict):
        return Decimal(sum(each or 0 for row in read.values() for each in row))
    return Decimal(read) if isinstance(read, int | Decimal) else None


def _read(fact: Fact, typed: Any) -> Any:
    try:
        return fact.field().clean(typed) if typed else None
    except ValidationError:
        return None
