"""How a contract could be awarded: P1 to P8. What the route is, others decide."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from proposals.draft import asking as ask
from proposals.draft.asking import optional
from proposals.draft.codes import AWARD_ROUTES, NOTICES, SAVINGS_AGREED, YES
from proposals.draft.numbers import ServiceCodeField
from proposals.draft.questions import Page, PageForm, Topic


class ValueForm(PageForm):
    P1 = ask.pounds(
        _("What would the whole contract be worth?"),
        _("Enter what the whole contract would be worth"),
        _("Over all its years, with VAT and any years that it could be made longer by."),
    )
    P2 = optional(
        ask.rows(
            _("Which service codes describe it?"),
            {
                "code": ServiceCodeField(
                    label=_("Code"), error_messages={"required": _("Enter the code")}
                ),
                "what": ask.line(_("What it stands for"), "", most=150, required=False),
            },
            "",
            _("Codes of the common procurement vocabulary, like 85000000-9, if you know them."),
        )
    )


class RouteForm(PageForm):
    personal = ("P4_adviser",)
    P3 = ask.one_of(
        _("Which way would you like a contract to be awarded?"),
        AWARD_ROUTES,
        _("Choose a way, or that you do not know yet"),
        _("We do not decide this for you. Your commissioner must take legal advice."),
    )
    P4 = ask.words(
        _("On what legal ground?"),
        _("Enter the legal ground, or that you do not know it yet"),
        _("A sentence is enough. “Not known yet” is an answer."),
        most=150,
        rows=3,
    )
    P4_adviser = ask.line(
        _("Who has advised on it?"), "", _("A firm, or a legal department."), required=False
    )


class AgreedForm(PageForm):
    heading_field = "P5"
    P5 = ask.one_of(
        _("Have savings been agreed with whoever pays?"),
        SAVINGS_AGREED,
        _("Choose whether savings have been agreed"),
    )
    P5_amount = ask.pounds(
        _("How much is agreed, if anything is?"), _("Enter the amount that was agreed")
    )
    P5_on = ask.day(
        _("When was that, if it was?"), _("Enter the date"), _("For example, 31 3 2027.")
    )
    needed_if = {
        "P5_amount": lambda cleaned: cleaned.get("P5") in ("in-principle", "signed"),
        "P5_on": lambda cleaned: cleaned.get("P5") in ("in-principle", "signed"),
    }


class MarketForm(PageForm):
    heading_field = "P6"
    P6 = ask.words(
        _("Who else could provide this?"),
        _("Say who else could provide this, or that you know of nobody"),
        _("Name kinds of providers, and those you know of. It helps to choose a lawful route."),
    )


class SubsidyForm(PageForm):
    heading_field = "P7"
    P7 = ask.yes_or_no(
        _("Would anything be given to the mutual below its market price?"),
        _("Grants, low rents, staff time, equipment."),
    )
    P7_what = ask.words(_("What, and by whom?"), _("Say what, and by whom"), most=150, rows=3)
    P7_total = ask.pounds(
        _("What is it worth over three financial years?"),
        _("Enter what it is worth over three financial years"),
    )
    reveals = {"P7": {YES: ("P7_what", "P7_total")}}


class NoticesForm(PageForm):
    heading_field = "P8"
    P8 = ask.yes_or_no(_("Has any notice been published about a contract for this service?"))
    P8_list = ask.rows(
        _("Which notices?"),
        {
            "kind": ask.one_of_many(_("Kind"), NOTICES, _("Choose the kind of notice")),
            "reference": ask.line(_("Reference"), _("Enter its reference"), most=60),
            "date": ask.day_line(_("Published on"), _("Enter the date, like 31 3 2027")),
        },
        _("Enter at least one notice"),
    )
    reveals = {"P8": {YES: ("P8_list",)}}


AWARD = Topic(
    "award",
    _("How a contract could be awarded"),
    (
        Page("value", _("What the contract would be worth"), ValueForm),
        Page("route", _("The way to a contract"), RouteForm),
        Page("agreed", _("Savings that are agreed"), AgreedForm),
        Page("market", _("Who else could provide it"), MarketForm),
        Page("subsidy", _("Help below market price"), SubsidyForm),
        Page("notices", _("Notices so far"), NoticesForm),
    ),
    minutes=25,
)
