"""Team and leadership: T1 to T8."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from proposals.draft import asking as ask
from proposals.draft.asking import optional
from proposals.draft.codes import LEVELS, MOST_HOURS, NO, SKILLS, YES
from proposals.draft.questions import Page, PageForm, Stage, Topic

# As in the Community Right to Challenge: one person alone is no team.
FEWEST_EMPLOYED = 2


class LeadForm(PageForm):
    stage = Stage.SIGN
    personal = ("T1_name", "T1_job", "T1_email", "T1_phone")
    T1_name = ask.line(_("Who leads the team?"), _("Enter the name of the lead"), most=100)
    T1_job = ask.line(_("What is their job?"), _("Enter their job"), most=100)
    T1_email = ask.address(
        _("At what e-mail address can we reach them?"),
        _("Enter an address that they read in private"),
        _("One that they read in private: your employer may be able to read work mail."),
    )
    T1_phone = ask.phone(
        _("At what telephone number?"),
        _("Enter a telephone number"),
        _("A reviewer may want to talk to you. For example, 0116 496 0000."),
    )


class PeopleForm(PageForm):
    """T3 is asked of each person: of the lead by itself, of the others in their row."""

    stage = Stage.SIGN
    personal = ("T2",)
    T3_lead = ask.yes_or_no(_("Is the lead employed in this service now?"))
    T2 = ask.rows(
        _("Who else is in the team?"),
        {
            "name": ask.line(_("Name"), _("Enter their name"), most=100),
            "job": ask.line(_("Job"), _("Enter their job"), most=100),
            "email": optional(ask.address(_("E-mail address"), "")),
            "T3": ask.one_of_many(
                _("Employed in this service now?"),
                ask.YES_OR_NO,
                _("Choose whether they are employed in this service now"),
            ),
        },
        _("Enter at least one more person"),
        _("At least one other person. To let them write and sign here, invite them to the team."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.complete and not self.errors:
            employed = [cleaned["T3_lead"], *(row["T3"] for row in cleaned["T2"])].count(YES)
            if employed < FEWEST_EMPLOYED:
                self.add_error("T2", _too_few(employed))
        return cleaned


def _too_few(employed: int) -> ValidationError:
    return ValidationError(
        _("At least %(least)d of you must be employed in this service now; you said %(employed)d"),
        code="required",
        params={"least": FEWEST_EMPLOYED, "employed": employed},
    )


class SkillsForm(PageForm):
    """One question for each skill: T4_finance to T4_governance."""

    stage = Stage.SIGN

    def notes(self) -> list[str]:
        weak = [str(name) for key, name in SKILLS if self.data.get(f"T4_{key}") == "0"]
        if not weak:
            return []
        said = _("Nobody has these skills yet: %(skills)s. You can ask for help with them.")
        return [said % {"skills": "; ".join(weak)}]


SkillsForm.base_fields.update(
    {
        f"T4_{key}": ask.one_of_many(name, LEVELS, _("Choose how strong the team is in each"))
        for key, name in SKILLS
    }
)


class ChiefForm(PageForm):
    heading_field = "T5"
    personal = ("T5_name",)
    T5 = ask.one_of(
        _("Who would lead the mutual from day to day?"),
        [("named", _("Somebody we can name")), ("recruit", _("To be recruited"))],
        _("Choose whether you can name them, or would recruit"),
        _("Its chief executive, manager or head."),
    )
    T5_name = ask.line(_("Their name and job now"), _("Enter their name and job"))
    reveals = {"T5": {"named": ("T5_name",)}}


class SponsorForm(PageForm):
    heading_field = "T6"
    personal = ("T6_name",)
    T6 = ask.one_of(
        _("Do you have a senior sponsor inside your employer?"),
        [(YES, _("Yes")), (NO, _("No, help us find one"))],
        _("Choose yes, or that you need help to find one"),
        _("Somebody senior who speaks for the idea where you are not in the room."),
    )
    T6_name = ask.line(_("Their name and job"), _("Enter their name and job"))
    reveals = {"T6": {YES: ("T6_name",)}}


class ConflictsForm(PageForm):
    personal = ("T7", "T7_how")
    T7 = ask.words(
        _("What conflicts of interest does anybody in the team have?"),
        _("Describe each conflict of interest, or write “none”"),
        _(
            "For example, a share in a supplier, or a relative who decides. "
            "Write “none” if there are none."
        ),
    )
    T7_adviser = ask.yes_or_no(_("Does anybody in the team advise your employer on this decision?"))
    T7_how = ask.words(
        _("Who, and how will you keep the two apart?"),
        _("Say who, and how you will keep the two apart"),
        most=150,
        rows=3,
    )
    reveals = {"T7_adviser": {YES: ("T7_how",)}}


class TimeForm(PageForm):
    heading_field = "T8"
    T8 = ask.yes_or_no(
        _("Has your employer agreed to paid time off to work on this?"),
        _("It is asked so that we can help, and does not count against you."),
    )
    T8_hours = ask.number(
        _("How many hours a week, for the whole team?"),
        _("Enter the hours a week, like 7.5"),
        most=str(MOST_HOURS),
        example="7.5",
    )
    reveals = {"T8": {YES: ("T8_hours",)}}


TEAM = Topic(
    "team",
    _("Team and leadership"),
    (
        Page("lead", _("Who leads the team"), LeadForm),
        Page("people", _("Who else is in the team"), PeopleForm),
        Page("skills", _("What the team is good at"), SkillsForm),
        Page("chief", _("Who would lead the mutual"), ChiefForm),
        Page("sponsor", _("A sponsor inside your employer"), SponsorForm),
        Page("conflicts", _("Conflicts of interest"), ConflictsForm),
        Page("time", _("Time to work on this"), TimeForm),
    ),
    minutes=25,
)
