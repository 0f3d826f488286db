"""Premises, equipment and IT: A1 to A9."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from proposals.draft import asking as ask
from proposals.draft.asking import optional
from proposals.draft.codes import CONDITIONS, CONTROLLERS, TENURES, YES
from proposals.draft.questions import Page, PageForm, Topic

MOST_MONTHS = 120


def _months(label: Any, required: Any) -> Any:
    return ask.counted(label, "", required, least=0, most=MOST_MONTHS)


class BuildingsForm(PageForm):
    heading_field = "A1"
    A1 = ask.yes_or_no(_("Would the mutual work from any buildings of your employer or others?"))
    A1_list = ask.rows(
        _("Which buildings?"),
        {
            "address": ask.line(_("Address"), _("Enter the address"), most=150),
            "owner": ask.line(_("Owner"), _("Enter who owns it"), most=100),
            "tenure": ask.one_of_many(_("Sought"), TENURES, _("Choose what you seek")),
            "term": ask.line(_("For how long"), _("Enter for how long"), most=50),
            "rent": ask.pounds(_("Rent a year"), _("Enter the rent a year, or 0")),
            "condition": ask.one_of_many(_("Condition"), CONDITIONS, _("Choose its condition")),
        },
        _("Enter at least one building"),
        _("If you do not know the rent yet, enter your best estimate."),
    )
    reveals = {"A1": {YES: ("A1_list",)}}


class EquipmentForm(PageForm):
    heading_field = "A2"
    A2 = ask.yes_or_no(_("Would any equipment or vehicles come with the service?"))
    A2_list = ask.rows(
        _("Which, and what are they worth?"),
        {
            "what": ask.line(_("What"), _("Enter what it is"), most=100),
            "value": ask.pounds(_("Worth now"), _("Enter what it is worth now")),
        },
        _("Enter at least one thing"),
        _("Put small things together, like “beds and hoists”."),
    )
    reveals = {"A2": {YES: ("A2_list",)}}


class SystemsForm(PageForm):
    A3 = ask.rows(
        _("Which IT systems and licences does the service need?"),
        {
            "system": ask.line(_("System"), _("Enter the system"), most=100),
            "holder": ask.line(_("Who holds the licence"), _("Enter who holds it"), most=100),
            "plan": ask.line(_("What would happen"), _("Say what would happen with it"), most=200),
        },
        _("Enter at least one system"),
        _("Records, rotas, telephones, e-mail."),
    )


class RecordsForm(PageForm):
    A4 = ask.one_of(
        _("Who would answer for records and personal data after the transfer?"),
        CONTROLLERS,
        _("Choose who would answer for them"),
        _("The law calls this the controller."),
    )
    A4_sharing = ask.words(
        _("What has been or must be agreed on sharing data?"),
        _("Say what has been or must be agreed"),
        most=150,
        rows=3,
    )


class NameForm(PageForm):
    heading_field = "A5"
    A5 = ask.words(
        _("What of the service's name, logo, methods and materials would you use?"),
        _("Say what you would use, or that there is none"),
        _("And who owns them now."),
        most=150,
        rows=4,
    )


class ContractsForm(PageForm):
    heading_field = "A6"
    A6 = ask.yes_or_no(_("Are there contracts with suppliers that would have to move with you?"))
    A6_list = ask.rows(
        _("Which contracts?"),
        {
            "contract": ask.line(_("For what"), _("Enter what it is for"), most=100),
            "supplier": ask.line(_("Supplier"), _("Enter the supplier"), most=100),
            "ends": optional(ask.day_line(_("Ends on"), "")),
        },
        _("Enter at least one contract"),
    )
    reveals = {"A6": {YES: ("A6_list",)}}


class BuyBackForm(PageForm):
    heading_field = "A7"
    A7 = ask.yes_or_no(_("Would you buy support from your employer, such as payroll, legal or IT?"))
    A7_list = ask.rows(
        _("Which support?"),
        {
            "service": ask.line(_("Support"), _("Enter what you would buy"), most=100),
            "price": ask.pounds(_("Price a year"), _("Enter the price a year")),
            "notice": _months(_("Notice, in months"), _("Enter the notice in months, or 0")),
        },
        _("Enter at least one kind of support"),
    )
    reveals = {"A7": {YES: ("A7_list",)}}


class ProtectionForm(PageForm):
    heading_field = "A8"
    A8 = ask.words(
        _("How will public assets be protected?"),
        _("Say how public assets will be protected"),
        _(
            "What happens to buildings and equipment if the mutual closes or is sold: a lock on "
            "assets, a right to buy back, a covenant on the land."
        ),
    )


class LiabilitiesForm(PageForm):
    heading_field = "A9"
    A9 = ask.words(
        _("Which debts and duties come with the service, and who carries them?"),
        _("Say which there are and who carries them, or that there are none"),
        _("Claims, redundancies, repairs owed at the end of a lease."),
    )


ASSETS = Topic(
    "assets",
    _("Premises, equipment and IT"),
    (
        Page("buildings", _("Buildings"), BuildingsForm),
        Page("equipment", _("Equipment and vehicles"), EquipmentForm),
        Page("systems", _("IT systems"), SystemsForm),
        Page("records", _("Records and data"), RecordsForm),
        Page("name", _("Name and methods"), NameForm),
        Page("contracts", _("Contracts with suppliers"), ContractsForm),
        Page("buy-back", _("Support you would buy"), BuyBackForm),
        Page("protection", _("Protection of public assets"), ProtectionForm),
        Page("liabilities", _("Debts and duties"), LiabilitiesForm),
    ),
    minutes=30,
)
