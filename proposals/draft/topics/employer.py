"""Employer and commissioner: C1 to C7. The employer's own statement, C4, is not the team's to write."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from activity import clock
from proposals.draft import asking as ask
from proposals.draft.asking import optional
from proposals.draft.codes import CONTRACT_YEARS, DATA_ASKED, EMPLOYER_SAYS, YES
from proposals.draft.questions import Page, PageForm, Stage, Topic

IN_FUTURE = {"latest": _("The date cannot be in the future")}


class ToldForm(PageForm):
    stage = Stage.SIGN
    heading_field = "C1"
    personal = ("C1_who",)
    C1 = ask.yes_or_no(
        _("Have you told your employer?"),
        _("You do not have to, before you submit. We tell nobody about a draft."),
    )
    C1_on = ask.day(
        _("When?"),
        _("Enter the date on which you told them"),
        _("For example, 31 3 2027."),
        latest=clock.today,
        said=IN_FUTURE,
    )
    C1_who = ask.line(_("Whom did you tell?"), _("Enter the name or job of whom you told"))
    C1_answer = ask.one_of(
        _("What did they say?"), EMPLOYER_SAYS, _("Choose what they said, or no answer yet")
    )
    reveals = {"C1": {YES: ("C1_on", "C1_who", "C1_answer")}}


class PayerForm(PageForm):
    stage = Stage.SIGN
    C2 = ask.line(
        _("Who pays for the service now?"),
        _("Enter the name of the body that pays"),
        _("The body whose budget it comes from. It may be your employer."),
    )
    C2_amount = ask.pounds(
        _("How much a year?"),
        _("Enter how much it pays a year, in whole pounds"),
        _("The last whole year that you know. An estimate is fine."),
    )


class SameForm(PageForm):
    heading_field = "C3"
    C3 = ask.yes_or_no(
        _("Does the body that pays also employ you?"),
        _("Whoever pays has to agree to a contract. If it is another body, talk to both."),
    )


class DataForm(PageForm):
    C5 = ask.rows(
        _("What have you asked your employer for, and when did it come?"),
        {
            "what": ask.one_of_many(_("What"), DATA_ASKED, _("Choose what you asked for")),
            "asked": ask.day_line(
                _("Asked on"),
                _("Enter the date on which you asked"),
                latest=clock.today,
                said=IN_FUTURE,
            ),
            "received": optional(
                ask.day_line(_("Came on"), "", latest=clock.today, said=IN_FUTURE)
            ),
        },
        _("Enter at least one thing that you asked for"),
        _("Leave “Came on” empty while you wait: we count the days."),
    )

    def notes(self) -> list[str]:
        if not self.is_valid():
            return []
        waits = [row for row in self.cleaned_data["C5"] if row["asked"] and not row["received"]]
        if not waits:
            return []
        longest = max((clock.today() - row["asked"]).days for row in waits)
        said = _("You wait for %(count)s of these, for %(days)s days so far.")
        return [said % {"count": len(waits), "days": longest}]


class LengthForm(PageForm):
    heading_field = "C6"
    C6 = ask.counted(
        _("How many years should the contract run?"),
        _("From 1 to 10. Most first contracts run for 3 to 5 years."),
        _("Enter a number of years, like 5"),
        least=CONTRACT_YEARS[0],
        most=CONTRACT_YEARS[1],
    )


class AccountForm(PageForm):
    heading_field = "C7"
    C7 = ask.words(
        _(
            "How will people who use the service, councillors or the board hold the mutual to account?"
        ),
        _("Say how the mutual will be held to account"),
        _("Say who can ask what, how often, and what happens if the answer is not good enough."),
    )


EMPLOYER = Topic(
    "employer",
    _("Employer and commissioner"),
    (
        Page("told", _("What your employer knows"), ToldForm),
        Page("payer", _("Who pays now"), PayerForm),
        Page("same", _("Who has to agree to a contract"), SameForm),
        Page("data", _("What you asked your employer for"), DataForm),
        Page("length", _("How long the contract should run"), LengthForm),
        Page("account", _("Who holds the mutual to account"), AccountForm),
    ),
    minutes=20,
)
