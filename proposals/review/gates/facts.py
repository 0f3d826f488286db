"""The facts beside each gate, in words. They never answer it: some speak plainly against a yes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.amounts import pounds
from proposals.ballot.counting import Count, per_cent, reached
from proposals.draft.codes import EMPLOYEES
from proposals.draft.models import GateCode, ScopeRule
from proposals.draft.questions import topic
from proposals.draft.topics.indicators import YEARS, is_worse, key_of, whole
from proposals.draft.topics.model import MembersForm
from proposals.employer.models import EmployerAnswer, Verdict
from proposals.employer.shown import Checked, sent_facts
from proposals.money.results import result_words
from proposals.review import triage
from proposals.review.gates.known import Known
from proposals.review.models import Triage
from proposals.review.scoping import rules_found

# What the employer's finance team is asked about: gate D looks at what it says to these.
MONEY_FACTS = ("cost", "paid", "in-house", "managing", "one-off")
# Whoever disputes one of these disputes what the saving is measured from.
BASELINE = ("cost", "in-house")
# What it says -> the tag: a code, and words for officials.
VERDICTS: dict[Verdict, tuple[str, str | Promise]] = {
    Verdict.RIGHT: ("completed", gettext_lazy("Confirmed")),
    Verdict.OURS: ("needs-attention", gettext_lazy("Disputed")),
    Verdict.UNKNOWN: ("not-known", gettext_lazy("Not known")),
}


@dataclass(frozen=True)
class Fact:
    """One thing that the portal knows. title: what it is about; words: how it stands.

    state, label: a tag, or "". against: its key where it speaks plainly against a yes, or "".
    """

    title: str
    words: str
    state: str = ""
    label: str = ""
    against: str = ""


def facts_of(code: str, known: Known) -> list[Fact]:
    """The facts beside a gate, those against a yes first."""
    return sorted(_FACTS[GateCode(code)](known), key=lambda fact: not fact.against)


def against(found: list[Fact]) -> list[str]:
    """The keys of the facts that speak against a yes."""
    return sorted(fact.against for fact in found if fact.against)


def _scope(known: Known) -> Iterator[Fact]:
    money = _money(known)
    saves = money["saving"].passes if money else None
    rules = ScopeRule.objects.of_scheme(known.version.scheme)
    for each in rules_found(known.typed, known.case.employer, saves, rules):
        words = f"{each.rule.wording} {each.why}"
        yield Fact(each.rule.code, words, each.state, each.label)
    given = triage.answers_of(known.case)
    for question in (Triage.SCOPE, Triage.DUPLICATE):
        yield _triaged(question, given.get(question))


def _triaged(question: Triage, given: Any) -> Fact:
    title = _("Triage: %(question)s") % {"question": question.label}
    if given is None:
        return Fact(title, _("Nobody answered it."))
    told = {"number": given.version.number, "who": given.by, "words": given.words}
    words = _("%(words)s (%(who)s, on version %(number)d)") % told
    if given.is_fine:
        return Fact(title, words.strip(), "completed", _("Nothing stands in the way"))
    return Fact(title, words.strip(), "needs-attention", _("To be settled"))


def _mutual(known: Known) -> Iterator[Fact]:
    if _holds_none(known.typed.get("model", {}).get("M4") or []):
        words = _("They would hold none, by the table of members.")
        yield Fact(_("Votes of employees"), words, against="votes")
    yield from _notes("model", "members", known)
    yield from _board(known.typed.get("model", {}))
    for key in ("investors", "board"):
        yield from _notes("model", key, known)


def _board(typed: dict[str, Any]) -> Iterator[Fact]:
    if typed.get("M9_staff") and typed.get("M9_number"):
        seats = {"staff": typed["M9_staff"], "number": typed["M9_number"]}
        yield Fact(_("Seats on the board"), _("Staff elect %(staff)s of %(number)s.") % seats)


def _holds_none(typed: list[dict[str, str]]) -> bool:
    """Whether a table of members that can be read gives employees no votes."""
    table: Any = MembersForm.base_fields["M4"]
    with suppress(ValidationError):
        rows = table.clean(typed)
        return not any(row["votes"] for row in rows if row["kind"] == EMPLOYEES)
    return False


def _notes(section: str, key: str, known: Known) -> Iterator[Fact]:
    """What follows from the answers of a page, as its team saw it there."""
    about = topic(section)
    page = about and about.page(key)
    if about and page:
        form = page.form(data=known.typed.get(section, {}), beside=known.typed)
        form.is_valid()
        yield from (Fact(str(page.title), words) for words in form.notes())


def _support(known: Known) -> Iterator[Fact]:
    yield from _vote(known) if known.vote else _no_vote()
    yield from _notes("staff", "evidence", known)


def _no_vote() -> Iterator[Fact]:
    yield Fact(_("Vote of staff"), _("Staff have not voted."))


def _vote(known: Known) -> Iterator[Fact]:
    vote: dict[str, Any] = known.vote or {}
    names = ("eligible", "cast", "votes_for", "votes_against")
    count = Count(**{name: vote[name] for name in names}, votes_blank=0)
    least = {name: vote[name] for name in ("least_turnout", "least_share")}
    enough, passed = reached(count, **least)
    told = {
        "part": per_cent(count.cast, count.eligible, beside=least["least_turnout"]),
        "cast": count.cast,
        "eligible": count.eligible,
        "least": least["least_turnout"],
    }
    words = _("%(part)s%% voted: %(cast)d of %(eligible)d. At least %(least)d%% must.") % told
    yield _reached(_("Turnout"), words, "turnout", enough)
    told = {
        "part": per_cent(count.votes_for, count.valid, beside=least["least_share"]) or "0",
        "yes": count.votes_for,
        "valid": count.valid,
        "least": least["least_share"],
    }
    words = _("%(part)s%% of valid votes said yes: %(yes)d of %(valid)d.") % told
    words += " " + _("More than %(least)d%% must.") % told
    yield _reached(_("Said yes"), words, "share", passed)


def _reached(title: str, words: str, key: str, is_reached: bool) -> Fact:
    if is_reached:
        return Fact(title, words, "completed", _("Threshold met"))
    return Fact(title, words, against=key)


def _money(known: Known) -> dict[str, Any]:
    return result_words(known.typed.get("money", {}), known.version.scheme)


def _savings(known: Known) -> Iterator[Fact]:
    money = _money(known)
    title = _("Net saving over five years")
    if not money:
        words = _("The figures are not whole, so no saving can be computed.")
        yield Fact(title, words, against="saving")
    else:
        saving = money["saving"]
        words = _("%(net)s, against %(total)s for staying in-house.") % {
            "net": pounds(saving.net),
            "total": pounds(money["in_house_total"]),
        }
        yield Fact(title, words, against="" if saving.passes else "saving")
        yield Fact(_("Headline: today's budget minus price"), pounds(saving.headline))
        yield from (Fact(_("To look at in the figures"), str(each)) for each in money["doubts"])
    yield from _employer(known)


def _employer(known: Known) -> Iterator[Fact]:
    title = _("The employer's answer")
    answers = EmployerAnswer.objects.filter(version__proposal=known.case)
    found = answers.select_related("version").prefetch_related("figures")
    answer = found.order_by("-version__number").first()
    if answer is None:
        yield Fact(title, _("It has not answered, so nobody confirmed the figures."))
        return
    told = {"number": answer.version.number, "position": answer.get_position_display()}
    if known.is_answered:
        yield Fact(title, _("About this version: %(position)s.") % told)
    else:
        words = _("About version %(number)d, and not about this one: %(position)s.") % told
        yield Fact(title, words, "needs-attention", _("Earlier version"))
    verdicts = {each.fact: Verdict(each.verdict) for each in answer.figures.all()}
    for checked in sent_facts(answer):
        if checked.key in MONEY_FACTS:
            yield _checked(checked, verdicts[checked.key])


def _checked(checked: Checked, verdict: Verdict) -> Fact:
    words = _("The team: %(theirs)s.") % {"theirs": checked.theirs.replace("\n", "; ")}
    if checked.is_disputed:
        told = {"ours": checked.ours.replace("\n", "; "), "source": checked.source}
        words += " " + _("The employer: %(ours)s. Source: %(source)s") % told
    is_baseline = checked.is_disputed and checked.key in BASELINE
    key = f"disputed:{checked.key}" if is_baseline else ""
    state, label = VERDICTS[verdict]
    return Fact(str(checked.title), words, state, str(label), key)


def _quality(known: Known) -> Iterator[Fact]:
    typed = known.typed.get("quality", {})
    rows = list(whole(typed.get("Q1") or []))
    yield from map(_indicator, rows)
    unread = len([row for row in typed.get("Q1") or [] if row.get("name")]) - len(rows)
    if unread > 0:
        yield Fact(_("Indicators that are not whole"), str(unread), against="unread")
    yield from _inspected(known)


def _indicator(row: dict[str, Any]) -> Fact:
    targets = [row[f"year_{year}"] for year in YEARS]
    worse = [target for target in targets if is_worse(row, target, row["baseline"])]
    told = {
        "now": f"{row['baseline']:,}",
        "targets": ", ".join(f"{target:,}" for target in targets),
        "limit": f"{row['minimum']:,}",
        "unit": row["unit"],
    }
    words = _("Now %(now)s, then %(targets)s; never worse than %(limit)s (%(unit)s).") % told
    if not worse:
        return Fact(row["name"], words, "completed", _("At least as now"))
    if row["reason"]:
        words += " " + _("The team's reason: %(reason)s") % row
        return Fact(row["name"], words, "needs-attention", _("Worse than now, with a reason"))
    return Fact(row["name"], words, against=f"target:{key_of(row['name'])}")


def _inspected(known: Known) -> Iterator[Fact]:
    about = topic("quality")
    page = about and about.page("inspection")
    if page:
        form = page.form(data=known.typed.get("quality", {}), beside=known.typed)
        words = "; ".join(str(value) for _name, _label, value in form.shown() if value)
        yield Fact(_("Latest inspection"), words or _("Not answered"))


def _guarantees(known: Known) -> Iterator[Fact]:
    safety = known.typed.get("quality", {}).get("Q7")
    if not safety:
        yield Fact(
            _("Safeguarding and complaints"),
            _("The team wrote nothing. It is asked only of services for people."),
            "needs-attention",
            _("Look at this"),
        )
    yield from _notes("support", "risks", known)


_FACTS: dict[GateCode, Callable[[Known], Iterator[Fact]]] = {
    GateCode.A: _scope,
    GateCode.B: _mutual,
    GateCode.C: _support,
    GateCode.D: _savings,
    GateCode.E: _quality,
    GateCode.F: _guarantees,
}
