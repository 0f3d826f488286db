"""What stands beside the answers of a criterion: figures, vote, promises, documents, the employer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from activity.models.documents import Scan
from proposals.ballot import told
from proposals.draft.listed import listed
from proposals.draft.models import Criterion, Document, Proposal, Version
from proposals.draft.models.criteria import is_among
from proposals.draft.promises import Commitment, Kind, promised_in
from proposals.employer.facts import BY_KEY, FACTS, told_in
from proposals.employer.models import EmployerAnswer
from proposals.employer.shown import Checked, sent_facts
from proposals.money.results import result_words
from proposals.review.reading import Frozen, sections_of

# What more is shown of a criterion that has these pages.
FIGURES = "money/figures"
CASH = "money/cash"
VOTE = "staff/evidence"
PROMISES = {FIGURES: Kind.MONEY, "quality/indicators": Kind.INDICATOR}


@dataclass(frozen=True)
class Said:
    """One figure beside what the employer says to it. now: the team's own, where it has changed since."""

    checked: Checked
    place: str
    now: str = ""

    @property
    def anchor(self) -> str:
        """The heading of the page on which the team says it."""
        return self.place.replace("/", "-")


@dataclass(frozen=True)
class Heard:
    """What an employer answered last, with all its figures."""

    answer: EmployerAnswer
    said: list[Said]

    def of(self, criterion: Criterion) -> list[Said]:
        """The figures that belong to a criterion, those first for which the employer has another."""
        found = [each for each in self.said if belongs(criterion, each.place)]
        return sorted(found, key=lambda each: not each.checked.is_disputed)

    def disputed(self, criterion: Criterion) -> list[Said]:
        """Those of them that it disputes."""
        return [each for each in self.of(criterion) if each.checked.is_disputed]


def belongs(criterion: Criterion, place: str) -> bool:
    """Whether a page, as "section/page", belongs to a criterion. Pure."""
    return is_among(criterion.places, *place.split("/"))


def heard(case: Proposal, latest: Version) -> Heard | None:
    """What the employer of a case sent last, about whichever version; None where it sent nothing.

    In two queries. latest: the version that its figures are looked at beside.
    """
    sent = EmployerAnswer.objects.filter(invitation__proposal=case).order_by("-pk")
    answer = sent.select_related("version").prefetch_related("figures").first()
    if answer is None:
        return None
    now = {} if answer.version_id == latest.pk else _now(latest)
    return Heard(answer, [_said(each, now) for each in sent_facts(answer)])


def _now(latest: Version) -> dict[str, str]:
    return {each.fact.key: each.words for each in told_in(latest)}


def _said(checked: Checked, now: Mapping[str, str]) -> Said:
    mine = now.get(checked.key, "")
    return Said(checked, BY_KEY[checked.key].place, "" if mine == checked.theirs else mine)


def heard_words(criterion: Criterion, heard: Heard | None) -> dict[str, Any]:
    """What a page shows of an employer's word on one criterion, or that it has not answered."""
    return {
        "heard": heard,
        "grounds": heard.answer.grounds.select_related("code") if heard else [],
        "said": heard.of(criterion) if heard else [],
        "to_confirm": to_confirm(criterion),
    }


def to_confirm(criterion: Criterion) -> list[str]:
    """The figures of a criterion that an employer is asked to confirm, by their titles."""
    return [str(fact.title) for fact in FACTS if belongs(criterion, fact.place)]


def filed(version: Version, criterion: Criterion) -> list[Document]:
    """The documents of the sections that a criterion has pages of."""
    sections = sections_of(criterion)
    return [each for each in version.documents() if each.section in sections]


def document_words(documents: Sequence[Document]) -> dict[str, Any]:
    """What a page shows of documents, as officials read them."""
    return {
        "documents": listed(documents, beyond_its_owners=True),
        "unscanned": any(each.scan == Scan.NOT_SCANNED for each in documents),
    }


def computed_words(case: Proposal, criterion: Criterion, latest: Frozen) -> dict[str, Any]:
    """What follows from the answers of a criterion: savings, the books, promises, the last vote."""
    has_figures, has_cash = belongs(criterion, FIGURES), belongs(criterion, CASH)
    money = latest.typed.get("money", {}) if has_figures or has_cash else {}
    return {
        "has_figures": has_figures,
        "has_cash": has_cash,
        "has_vote": belongs(criterion, VOTE),
        "vote": told.in_words(case.vote),  # type: ignore[attr-defined]  # read along
        "promised": _promised(criterion, latest.version),
        **(result_words(money, latest.version.scheme) if money else {}),
    }


def _promised(criterion: Criterion, version: Version) -> list[Commitment]:
    kinds = {kind for place, kind in PROMISES.items() if belongs(criterion, place)}
    return [each for each in promised_in(version) or [] if each.kind in kinds]
