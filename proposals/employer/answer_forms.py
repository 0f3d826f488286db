"""What an employer's official types: what is right of the facts, and where the employer stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from activity.rows import CleanedRow, wrong_cell
from proposals.draft import asking as ask
from proposals.draft.models import ReasonCode, Version
from proposals.draft.questions import Answers, PageForm
from proposals.employer.answers import Answer, Figure, Ground
from proposals.employer.facts import Told, told_in
from proposals.employer.grounds import NO_GROUNDS, open_grounds
from proposals.employer.models import AnswerDraft, Position, Verdict

MOST_GROUNDS = 8
GROUND = _("Ground")


def _verdict(told: Told) -> forms.ChoiceField:
    words = told.words.replace("\n", "; ")
    hint = said("The staff say: %(words)s") % {"words": words}
    asked = ask.one_of(
        told.fact.title,
        Verdict.choices,
        said("Say whether this is right, or that you do not know: %(fact)s")
        % {"fact": told.fact.title},
        f"{hint}. {told.about}" if told.about else hint,
    )
    asked.widget.attrs["class"] = "govuk-radios--small"
    return asked


def _source() -> forms.CharField:
    return ask.line(
        _("Where your figure is from"),
        _("Say where your figure is from"),
        _("Like “Payroll, March 2026”. Name no member of staff."),
        most=300,
    )


class FactsForm(PageForm):
    """For each fact that a version gives: right, ours is different and from where, or not known."""

    def __init__(self, *args: Any, told: Sequence[Told], **kwargs: Any) -> None:
        self.told = told
        super().__init__(*args, **kwargs)

    def look_beside(self) -> None:
        revealed: dict[str, Mapping[str, tuple[str, ...]]] = {}
        for each in self.told:
            key = each.fact.key
            ours, source = f"{key}-ours", f"{key}-source"
            self.fields |= {key: _verdict(each), ours: each.fact.field(), source: _source()}
            revealed[key] = {Verdict.OURS.value: (ours, source)}
        self.reveals = revealed

    def figures(self) -> Iterator[Figure]:
        """What was said to each fact, once the page is complete."""
        for each in self.told:
            key = each.fact.key
            verdict = Verdict(self.cleaned_data[key])
            if verdict == Verdict.OURS:
                ours = self.typed()[f"{key}-ours"]
                yield Figure(key, verdict, ours, self.cleaned_data[f"{key}-source"])
            else:
                yield Figure(key, verdict)


class PositionForm(PageForm):
    """Where the employer stands: accept, accept with conditions, object on grounds; and two boxes."""

    position = ask.one_of(
        _("What does your organisation say to the proposal?"),
        Position.choices,
        _("Choose whether your organisation accepts, accepts with conditions, or objects"),
        _("You are expected to accept a suitable proposal. Accepting is not yet a contract."),
    )
    conditions = ask.words(
        _("What must be so for you to accept?"),
        _("Say at least one thing that must be so"),
        _("One condition a line. Say what you would look at to see that it is met."),
        most=300,
        rows=5,
    )
    to_team = ask.words(
        _("Is there anything that the staff should read?"),
        "",
        _(
            "The staff who made the proposal read this box as soon as you send, and nothing else of "
            "your answer. Reviewers read it too."
        ),
        most=300,
        rows=5,
        required=False,
    )
    to_reviewers = ask.words(
        _("Is there anything for the reviewers alone?"),
        "",
        _("Reviewers and decision makers of the Cabinet Office read this box. The staff never do."),
        most=300,
        rows=5,
        required=False,
    )

    def __init__(self, *args: Any, grounds: Iterable[ReasonCode], **kwargs: Any) -> None:
        self.reasons = {reason.code: reason for reason in grounds}
        super().__init__(*args, **kwargs)

    def look_beside(self) -> None:
        self.fields["grounds"] = _grounds(self.reasons.values())
        self.reveals = {
            "position": {
                Position.CONDITIONS.value: ("conditions",),
                Position.OBJECT.value: ("grounds",),
            }
        }

    def holding(self, typed: Answers) -> PageForm:
        return type(self)(data=typed, grounds=self.reasons.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("position") == Position.OBJECT:
            for problem in _no_grounds(cleaned.get("grounds") or []):
                self.add_error("grounds", problem)
        return cleaned

    def is_said(self, name: str) -> bool:
        """Whether a field counts with what was chosen; others are kept, and are not sent."""
        chosen = self.data.get("position")
        asked_for = {"conditions": Position.CONDITIONS, "grounds": Position.OBJECT}
        return name not in asked_for or asked_for[name] == chosen

    def given(self) -> list[Ground]:
        """The grounds of an objection, once the page is complete."""
        if self.cleaned_data["position"] != Position.OBJECT:
            return []
        rows = self.cleaned_data["grounds"]
        return [Ground(self.reasons[row["ground"]], row["evidence"]) for row in rows]


def _grounds(reasons: Iterable[ReasonCode]) -> forms.Field:
    choices = [
        *((reason.code, reason.wording) for reason in reasons),
        *((key, words) for key, (words, _why) in NO_GROUNDS.items()),
    ]
    found = ask.rows(
        _("On which grounds?"),
        {
            "ground": ask.one_of_many(GROUND, choices, _("Choose the ground")),
            "evidence": ask.words(_("What shows it"), _("Say what shows it"), most=200, rows=4),
        },
        _("Choose at least one ground"),
        _("Each with what shows it: a document with its date, a figure with its source."),
        most=MOST_GROUNDS,
        called=GROUND,
        groups=(("", ("ground", "evidence")),),
    )
    found.show = 1
    return found


def _no_grounds(rows: Iterable[CleanedRow]) -> Iterator[ValidationError]:
    """What is said on the spot to what is no ground, and to a ground that stands there twice."""
    seen: Counter[str] = Counter()
    for row in rows:
        chosen = row["ground"]
        seen[chosen] += 1
        if chosen in NO_GROUNDS:
            yield wrong_cell(row.number, "ground", NO_GROUNDS[chosen][1], called=GROUND)
        elif seen[chosen] > 1 and chosen:
            words = _("this ground stands above. Choose another.")
            yield wrong_cell(row.number, "ground", words, called=GROUND)


class Written:
    """What an official has typed so far, as the forms of both pages beside one version."""

    def __init__(self, draft: AnswerDraft, version: Version) -> None:
        self.draft = draft
        self.told = told_in(version)
        self.grounds = open_grounds(version.scheme)

    def moved(self) -> list[Told]:
        """Facts that the staff changed since they were looked at: they must be looked at again."""
        typed, was = self.draft.facts, self.draft.told
        return [
            each
            for each in self.told
            if typed.get(each.fact.key) and was.get(each.fact.key) != each.typed
        ]

    def facts(self, typed: Any = None) -> FactsForm:
        """The page of facts. typed: what a page sent, or else what is kept, if anything is."""
        kept = self._kept_facts() if self.draft.facts else None
        return FactsForm(kept if typed is None else typed, told=self.told)

    def position(self, typed: Any = None) -> PositionForm:
        """The page of the position, as `facts`."""
        kept = self.draft.position or None
        return PositionForm(kept if typed is None else typed, grounds=self.grounds)

    def whole(self) -> tuple[FactsForm, PositionForm]:
        """Both pages as they must be to be sent."""
        facts = FactsForm(self._kept_facts(), told=self.told, complete=True)
        return facts, PositionForm(self.draft.position, grounds=self.grounds, complete=True)

    def told_by_key(self) -> Answers:
        """What each fact is looked at beside."""
        return {each.fact.key: each.typed for each in self.told}

    def _kept_facts(self) -> Answers:
        facts: Answers = self.draft.facts
        return facts | {each.fact.key: "" for each in self.moved()}


def answer_of(facts: FactsForm, position: PositionForm) -> Answer:
    """The answer that two complete pages make."""
    words = position.cleaned_data
    is_conditional = words["position"] == Position.CONDITIONS
    return Answer(
        position=words["position"],
        figures=list(facts.figures()),
        grounds=position.given(),
        conditions=words["conditions"] if is_conditional else "",
        to_team=words["to_team"],
        to_reviewers=words["to_reviewers"],
    )
