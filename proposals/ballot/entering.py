"""What a lead types of a vote that was held elsewhere."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity import clock
from activity.fields import DatePartsField, TextField, WholeNumberField
from activity.forms import OnceForm
from proposals.ballot import gate, rolls, rules
from proposals.ballot.counting import Count
from proposals.draft.asking import words
from proposals.draft.models import Proposal


def number(label: Any, needed: Any) -> WholeNumberField:
    """A number of people or votes."""
    wrong = {"required": needed, "min_value": needed, "max_value": needed}
    return WholeNumberField(label=label, min_value=0, max_value=rolls.MOST, error_messages=wrong)


class ElsewhereForm(OnceForm):
    """What came of a vote that was held elsewhere. proposal: whose team it was not run by."""

    question = words(
        gettext_lazy("What were staff asked?"),
        gettext_lazy("Write the question as staff read it"),
        gettext_lazy("Between 10 and 60 words, as they stood on the paper."),
        least=10,
        most=60,
        rows=3,
    )
    run_by = TextField(
        label=gettext_lazy("Who ran the vote?"),
        help_text=gettext_lazy("A person or body outside your team."),
        max_length=100,
        error_messages={"required": gettext_lazy("Enter who ran the vote")},
    )
    opened_on = DatePartsField(
        label=gettext_lazy("First day of voting"),
        latest=clock.today,
        error_messages={
            "required": gettext_lazy("Enter the first day of voting"),
            "latest": gettext_lazy("The first day cannot be in the future"),
        },
    )
    closed_on = DatePartsField(
        label=gettext_lazy("Last day of voting"),
        latest=clock.today,
        error_messages={
            "required": gettext_lazy("Enter the last day of voting"),
            "latest": gettext_lazy("The vote must have closed"),
        },
    )
    eligible = number(
        gettext_lazy("How many could vote?"), gettext_lazy("Enter how many could vote, like 42")
    )
    cast = number(gettext_lazy("How many voted?"), gettext_lazy("Enter how many voted, or 0"))
    votes_for = number(
        gettext_lazy("How many said yes?"), gettext_lazy("Enter how many said yes, or 0")
    )
    votes_against = number(
        gettext_lazy("How many said no?"), gettext_lazy("Enter how many said no, or 0")
    )
    votes_blank = number(
        gettext_lazy("How many papers were spoiled or blank?"),
        gettext_lazy("Enter how many were spoiled or blank, or 0"),
    )
    field_order = ("question", "run_by", "opened_on", "closed_on")
    NUMBERS = ("eligible", "cast", "votes_for", "votes_against", "votes_blank")

    def __init__(self, *args: Any, proposal: Proposal, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        self.by = by

    def clean_run_by(self) -> str:
        name: str = self.cleaned_data["run_by"]
        if rules.is_called_like_a_member(self.proposal, name):
            raise ValidationError(_("Somebody in your team has this name. Enter who ran the vote."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        opened, closed = cleaned.get("opened_on"), cleaned.get("closed_on")
        if opened and closed and closed < opened:
            self.add_error("closed_on", _("The close must be after the open"))
        if opened:
            refused = gate.can_enter(self.by, self.proposal, opened).reason
            if refused:
                self.add_error("opened_on", refused)
        self._check_numbers(cleaned)
        return cleaned

    def _check_numbers(self, cleaned: dict[str, Any]) -> None:
        found = [cleaned.get(name) for name in self.NUMBERS]
        if None in found:
            return
        eligible, cast, *votes = (int(each or 0) for each in found)
        if cast > eligible:
            said = _("%(cast)d voted, but only %(eligible)d could vote")
            self.add_error("cast", said % {"cast": cast, "eligible": eligible})
        if sum(votes) != cast:
            said = _("Yes, no and spoiled add up to %(sum)d; you said that %(cast)d voted")
            self.add_error("votes_for", said % {"sum": sum(votes), "cast": cast})

    def entered(self) -> dict[str, Any]:
        """What is kept of it."""
        kept = ("question", "run_by", "opened_on", "closed_on", "once")
        count = Count(*(self.cleaned_data[name] for name in self.NUMBERS))
        return {name: self.cleaned_data[name] for name in kept} | {"count": count}
