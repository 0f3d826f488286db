"""An employer's answer in words: as its official checks it, and as whoever may read it sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from proposals.employer.answer_forms import FactsForm
from proposals.employer.answers import Figure
from proposals.employer.facts import Told, difference, in_plain_words, told_in
from proposals.employer.models import EmployerAnswer, Verdict


@dataclass(frozen=True)
class Checked:
    """A fact beside what the employer says to it. ours, source, apart: "" but where it is disputed.

    apart: how far the two figures are from each other.
    """

    key: str
    title: str | Promise
    theirs: str
    verdict: str | Promise
    ours: str = ""
    source: str = ""
    apart: str = ""

    @property
    def is_disputed(self) -> bool:
        """Whether the employer has another figure."""
        return bool(self.ours)


def checked(told: Iterable[Told], figures: Iterable[Any]) -> list[Checked]:
    """Every fact with what was said to it. figures: rows, or `Figure`s, of facts that are told."""
    said = {each.fact: each for each in figures}
    return [_checked(each, said[each.fact.key]) for each in told if each.fact.key in said]


def sent_facts(answer: EmployerAnswer) -> list[Checked]:
    """The facts of an answer that was sent, beside the version that it speaks of."""
    return checked(told_in(answer.version), answer.figures.all())


def answer_words(answer: EmployerAnswer) -> dict[str, Any]:
    """What draws an answer that was sent: all of it, for its official and officials of the case.

    Of many answers at once, fetch the rows that it asks for beforehand.
    """
    return {
        "sent": answer,
        "facts": sent_facts(answer),
        "grounds": answer.grounds.all(),
        "to_team": getattr(answer.version, "employer_words", None),
    }


def typed_facts(form: FactsForm) -> list[Checked]:
    """The facts as far as they are filled in, to be checked before they are sent."""
    return checked(form.told, _typed(form))


def _typed(form: FactsForm) -> Iterator[Figure]:
    typed = form.typed()
    for each in form.told:
        key = each.fact.key
        if typed[key] in Verdict.values:
            is_ours = typed[key] == Verdict.OURS
            ours, source = (typed[f"{key}-ours"], typed[f"{key}-source"]) if is_ours else (None, "")
            yield Figure(key, Verdict(typed[key]), ours, source)


def _checked(told: Told, said: Any) -> Checked:
    fact, verdict = told.fact, Verdict(said.verdict)
    if verdict != Verdict.OURS:
        return Checked(fact.key, fact.title, told.words, verdict.label)
    ours = in_plain_words(fact, said.ours) or _("Not filled in, or not a figure")
    apart = difference(fact, told.typed, said.ours)
    return Checked(fact.key, fact.title, told.words, verdict.label, ours, said.source, apart)
