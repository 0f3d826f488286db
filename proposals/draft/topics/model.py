"""How the mutual will be owned and run: M1 to M12."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activity.rows import CleanedRow
from proposals.draft import asking as ask
from proposals.draft.codes import (
    ASSET_LOCKS,
    EMPLOYEES,
    FEWEST_SEATS,
    JOINING,
    LEGAL_FORMS,
    MEMBERS,
    REGISTERS,
    YES,
)
from proposals.draft.numbers import RegisteredNumber
from proposals.draft.questions import Page, PageForm, Stage, Topic

WHOLE = Decimal(100)
HALF = Decimal(50)
MOST_SEATS = 100


class LegalForm(PageForm):
    stage = Stage.SIGN
    M1 = ask.one_of_many(
        _("Which legal form are you considering?"),
        LEGAL_FORMS,
        _("Choose a form, or say that you have not decided"),
        _(
            "A mutual is not a legal form. It is about who controls the organisation, so you do "
            "not have to decide now."
        ),
    )
    M3 = ask.one_of(
        _("Who would the organisation be run for?"),
        [
            ("members", _("Its members")),
            ("community", _("The community, which its members hold it for")),
        ],
        _("Choose who it would be run for"),
    )


class WhyForm(PageForm):
    heading_field = "M2"
    M2 = ask.words(
        _("Why this form?"),
        _("Say why this form, beside at least one other"),
        _("Compare at least two forms, and say what decided it for you."),
    )


class MembersForm(PageForm):
    """M4, and what follows from it: the share of votes that employees hold, M5."""

    M4 = ask.rows(
        _("Who could become a member, and what would each group hold?"),
        {
            "kind": ask.one_of_many(_("Group"), MEMBERS, _("Choose the group")),
            "who": ask.line(_("Who qualifies"), _("Say who qualifies"), most=150),
            "joining": ask.one_of_many(_("Joining"), JOINING, _("Choose how people join")),
            "cost": ask.pounds(_("Cost to join"), _("Enter the one-off cost to join, or 0")),
            "votes": ask.percent(_("Votes"), _("Enter its share of votes, or 0")),
            "seats": ask.counted(
                _("Seats"), "", _("Enter its seats on the board, or 0"), least=0, most=MOST_SEATS
            ),
            "surplus": ask.percent(_("Surplus"), _("Enter its share of surpluses, or 0")),
        },
        _("Enter at least one group of members"),
        _("One group a row. Shares in per cent: the votes of all groups add up to 100."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        rows = cleaned.get("M4") or []
        if rows and all(None not in (row["votes"], row["seats"]) for row in rows):
            self._check(rows)
        return cleaned

    def _check(self, rows: list[CleanedRow]) -> None:
        votes = sum(row["votes"] for row in rows)
        seats = sum(row["seats"] for row in rows)
        if votes != WHOLE:
            self.add_error("M4", _("The votes add up to %(sum)s, not to 100") % {"sum": votes})
        elif not self._employees(rows):
            self.add_error("M4", _("Employees must hold votes: enter a group of employees"))
        if seats < FEWEST_SEATS:
            said = _("There must be at least %(least)s seats on the board; you entered %(seats)s")
            self.add_error("M4", said % {"least": FEWEST_SEATS, "seats": seats})

    def notes(self) -> list[str]:
        if not self.is_valid() or not self.cleaned_data["M4"]:
            return []
        share = self._employees(self.cleaned_data["M4"])
        said = [str(_("Employees would hold %(share)s per cent of the votes.") % {"share": share})]
        if share < HALF:
            said.append(
                str(_("That is less than half. A reviewer will ask who controls the mutual."))
            )
        return said

    @staticmethod
    def _employees(rows: list[CleanedRow]) -> Decimal:
        held = [row["votes"] or Decimal(0) for row in rows if row["kind"] == EMPLOYEES]
        return sum(held, Decimal(0))


class InvestorsForm(PageForm):
    heading_field = "M6"
    M6 = ask.yes_or_no(_("Would an outside investor or partner own a part of it?"))
    M6_who = ask.rows(
        _("Who would own what?"),
        {
            "who": ask.line(_("Who"), _("Enter who it is"), most=100),
            "share": ask.percent(_("Share"), _("Enter their share of ownership")),
            "rights": ask.line(_("Rights"), _("Say what rights come with it"), most=300),
        },
        _("Enter at least one investor or partner"),
    )
    reveals = {"M6": {YES: ("M6_who",)}}

    def notes(self) -> list[str]:
        if self.data.get("M6") != YES:
            return []
        return [
            str(
                _(
                    "A reviewer will look at this: a mutual for the community has no outside shareholders."
                )
            )
        ]


class LockForm(PageForm):
    heading_field = "M7"
    M7 = ask.one_of(
        _("Would its assets be locked, so that nobody can take them out?"),
        ASSET_LOCKS,
        _("Choose whether there would be a lock on assets"),
        _("An asset lock keeps what was public for the service, whoever runs it later."),
    )
    M7_why = ask.words(
        _("Why not, and what protects public assets instead?"),
        _("Say why not, and what protects public assets instead"),
        most=150,
        rows=3,
    )
    reveals = {"M7": {"none": ("M7_why",)}}


class SurplusForm(PageForm):
    M8 = ask.words(_("What happens to surpluses?"), _("Say what happens to surpluses"), rows=4)
    M8_service = ask.percent(
        _("How much goes back into the service?"), _("Enter a percentage, or 0")
    )
    M8_staff = ask.percent(_("How much goes to staff?"), _("Enter a percentage, or 0"))
    M8_community = ask.percent(_("How much goes to the community?"), _("Enter a percentage, or 0"))
    SHARES = ("M8_service", "M8_staff", "M8_community")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        shares = [cleaned[name] for name in self.SHARES if cleaned.get(name) is not None]
        if len(shares) == len(self.SHARES) and sum(shares) != WHOLE:
            said = _("The three shares add up to %(sum)s, not to 100")
            self.add_error("M8_service", said % {"sum": sum(shares)})
        return cleaned


def _seats(label: Any, required: Any) -> Any:
    return ask.counted(label, "", required, least=0, most=MOST_SEATS)


class BoardForm(PageForm):
    M9_number = ask.counted(
        _("How many people would sit on the board?"),
        "",
        _("Enter how many people would sit on the board"),
        least=FEWEST_SEATS,
        most=MOST_SEATS,
    )
    M9_staff = _seats(_("How many would staff elect?"), _("Enter how many staff would elect, or 0"))
    M9_independent = _seats(
        _("How many would be independent?"), _("Enter how many would be independent, or 0")
    )
    M9_users = _seats(
        _("How many would speak for people who use the service?"),
        _("Enter how many would speak for people who use the service, or 0"),
    )
    M9_host = _seats(
        _("How many would your employer or the commissioner name?"),
        _("Enter how many your employer or the commissioner would name, or 0"),
    )
    M9_term = ask.counted(
        _("For how many years does somebody sit?"),
        "",
        _("Enter a number of years, like 3"),
        least=1,
        most=10,
    )
    M9_chair = ask.line(_("Who chooses the chair?"), _("Say who chooses the chair"))
    KINDS = ("M9_staff", "M9_independent", "M9_users", "M9_host")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kinds = [cleaned[name] for name in self.KINDS if cleaned.get(name) is not None]
        number = cleaned.get("M9_number")
        if number is not None and sum(kinds) > number:
            said = _("The seats add up to %(sum)s; you said %(number)s on the board")
            self.add_error(
                "M9_number", ValidationError(said, params={"sum": sum(kinds), "number": number})
            )
        return cleaned

    def notes(self) -> list[str]:
        if self.data.get("M9_independent") != "0":
            return []
        return [str(_("At least one independent member of the board is a good rule."))]


class ProtectionForm(PageForm):
    heading_field = "M10"
    M10 = ask.words(
        _("What protects it against being sold or watered down later?"),
        _("Say what protects it against being sold or watered down"),
        _(
            "For example, years in which it may not be sold, a large majority of members for such "
            "a change, or a share with a veto."
        ),
    )


class RegisteredForm(PageForm):
    heading_field = "M11"
    M11 = ask.yes_or_no(_("Has the body been registered?"))
    M11_register = ask.one_of(_("Where?"), REGISTERS, _("Choose where it is registered"))
    M11_number = RegisteredNumber(
        label=_("What is its number?"),
        help_text=_("For example, 01234567, SC123456, 12345R or 1123456."),
        error_messages={"required": _("Enter its number in the register")},
    )
    reveals = {"M11": {YES: ("M11_register", "M11_number")}}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        number, register = cleaned.get("M11_number"), cleaned.get("M11_register")
        if number and register and not self.errors:
            try:
                cleaned["M11_number"] = RegisteredNumber.of(register, number)
            except ValidationError as problem:
                self.add_error("M11_number", problem)
        return cleaned


class JoiningForm(PageForm):
    heading_field = "M12"
    M12 = ask.yes_or_no(_("Would you join a mutual that exists already?"))
    M12_which = ask.line(_("Which one?"), _("Enter the name of the mutual"))
    reveals = {"M12": {YES: ("M12_which",)}}


MODEL = Topic(
    "model",
    _("How the mutual will be owned and run"),
    (
        Page("form", _("Legal form and purpose"), LegalForm),
        Page("why", _("Why this form"), WhyForm),
        Page("members", _("Members and votes"), MembersForm),
        Page("investors", _("Outside owners"), InvestorsForm),
        Page("lock", _("A lock on assets"), LockForm),
        Page("surplus", _("What happens to surpluses"), SurplusForm),
        Page("board", _("The board"), BoardForm),
        Page("protection", _("Protection against a sale"), ProtectionForm),
        Page("registered", _("Whether it is registered"), RegisteredForm),
        Page("joining", _("Joining another mutual"), JoiningForm),
    ),
    minutes=45,
)
