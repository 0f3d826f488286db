"""Q1: what a team measures of its quality, where it stands now, and its targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy, slugify
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from activity.rows import CleanedRow, Row, wrong_cell
from proposals.draft import asking as ask
from proposals.draft.codes import BETTER, HIGHER, INDICATORS, LOWER
from proposals.draft.promises import Commitment, Kind, listed, plain, written
from proposals.draft.questions import Answers, PageForm

YEARS = range(1, 6)
FEWEST, MOST = INDICATORS
MOST_NUMBER = "1000000000"
CALLED = _("Indicator")

HEALTH = ("community-health", "acute-health", "mental-health", "homelessness-health")
# Key -> name, unit, what is better, and the sectors it is typical of; all of them where none is
# named. Source: domain guide 3.6.
TYPICAL: dict[str, tuple[Any, Any, str, tuple[str, ...]]] = {
    "waiting-time": (_("Wait for a first appointment"), _("weeks"), LOWER, HEALTH),
    "experience": (
        _("People who say their experience was good"),
        _("% of those asked"),
        HIGHER,
        HEALTH,
    ),
    "missed": (_("Appointments that people did not attend"), _("% of those booked"), LOWER, HEALTH),
    "incidents": (_("Infections and incidents"), _("in 1,000 visits"), LOWER, HEALTH),
    "referred-again": (
        _("Children referred again within a year"),
        _("% of those referred"),
        LOWER,
        ("childrens-social-care",),
    ),
    "stable-placements": (
        _("Children in the same placement for two years"),
        _("% of those looked after"),
        HIGHER,
        ("childrens-social-care",),
    ),
    "ofsted": (
        _("Ofsted grade"),
        _("grade, where 1 is outstanding and 4 inadequate"),
        LOWER,
        ("childrens-social-care", "early-years", "further-education"),
    ),
    "attendance": (_("Hours that young people attend"), _("hours a year"), HIGHER, ("youth",)),
    "taking-part": (
        _("Young people in education, work or training"),
        _("% of those we work with"),
        HIGHER,
        ("youth",),
    ),
    "moved-on": (
        _("People who move on as planned"),
        _("% of those who leave"),
        HIGHER,
        ("housing-support",),
    ),
    "success": (
        _("Students who finish and pass"),
        _("% of those who start"),
        HIGHER,
        ("further-education", "awarding-and-skills"),
    ),
    "complaints": (_("Complaints"), _("a year, in 1,000 people who use the service"), LOWER, ()),
    "sickness": (_("Staff sickness"), _("days a year for each full-time post"), LOWER, ()),
    "vacancies": (_("Posts that are empty"), _("% of posts"), LOWER, ()),
}


def starters(sector: str) -> dict[str, Row]:
    """Rows to begin with, for a sector: what is known of each, those of the sector first."""
    own = [key for key, (*_words, sectors) in TYPICAL.items() if sector in sectors]
    others = [key for key, (*_words, sectors) in TYPICAL.items() if not sectors]
    return {
        key: {"name": str(name), "unit": str(unit), "direction": better}
        for key in (*own, *others)
        for name, unit, better, _sectors in [TYPICAL[key]]
    }


def _figure(label: Any, needed: Any, number: Any) -> ask.NumberField:
    like = {
        "number": format_lazy(_("{needed} as a number, like 1,200, 4.5 or 12%%"), needed=number)
    }
    return ask.NumberField(
        most=MOST_NUMBER, label=label, error_messages={"required": needed, **like}
    )


def _target(year: int) -> ask.NumberField:
    words = format_lazy(_("Enter the target for year {year}"), year=year)
    return _figure(format_lazy(_("Year {year}"), year=year), words, words)


NOW = _("Enter where you are now")
LEAST = _("Enter the worst figure that is still acceptable")


class IndicatorsForm(PageForm):
    Q1 = ask.rows(
        _("How will you show that quality is kept, or gets better?"),
        {
            "name": ask.line(_("What you measure"), _("Enter what you measure"), most=100),
            "unit": ask.line(
                _("Unit"), _("Enter the unit"), _("Like weeks, or % of those asked."), most=60
            ),
            "direction": ask.one_of_many(
                _("Which is better?"), BETTER, _("Choose whether more or less is better")
            ),
            "source": ask.line(
                _("Where the figures come from"),
                _("Say where the figures come from"),
                _("A record or a survey that somebody else could check."),
                most=100,
            ),
            "baseline": _figure(_("Now"), NOW, NOW),
            "period": ask.line(
                _("In which period"),
                _("Enter the period of the figure for now"),
                _("Like April 2025 to March 2026."),
                most=60,
            ),
            **{f"year_{year}": _target(year) for year in YEARS},
            "minimum": _figure(_("Limit"), LEAST, LEAST),
            "reason": ask.words(
                _("Reason"),
                "",
                _("Only if a target is worse than now."),
                most=60,
                rows=2,
                required=False,
            ),
        },
        _("Enter at least 3 indicators"),
        _(
            "From 3 to 12. Each becomes a promise that is compared with results every year, so "
            "choose what matters to the people you serve and what is counted already. Type figures "
            "as you write them: 1,200 is read as 1200, 4.5 as 4.5, and 12% as 12."
        ),
        most=MOST,
        called=CALLED,
        groups=(
            ("", ("name", "unit", "direction", "source")),
            (_("Where you are now"), ("baseline", "period")),
            (_("Your target for the end of each year"), [f"year_{year}" for year in YEARS]),
            (_("The worst that is still acceptable"), ("minimum", "reason")),
        ),
    )

    def look_beside(self) -> None:
        # Only a page that is filled in offers rows.
        if self.complete:
            return
        field: Any = self.fields["Q1"]
        field.starters = starters(self.beside.get("service", {}).get("S3", ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        rows = cleaned.get("Q1") or []
        above: dict[str, int] = {}
        for row in rows:
            for problem in (*_twice(row, above), *_against_itself(row)):
                self.add_error("Q1", problem)
        if self.complete and rows and len(rows) < FEWEST:
            few = _("Enter at least %(least)d indicators; there are %(count)d so far")
            params = {"least": FEWEST, "count": len(rows)}
            self.add_error("Q1", ValidationError(few, code="required", params=params))
        return cleaned


def key_of(name: str) -> str:
    """What an indicator is known by in every version, whatever its case and its blanks."""
    return slugify(name, allow_unicode=True) or name.strip()


def _twice(row: CleanedRow, above: dict[str, int]) -> Iterator[ValidationError]:
    """That an indicator is there already. above: the rows so far, by their keys; this one joins them."""
    if row["name"]:
        earlier = above.setdefault(key_of(row["name"]), row.number)
        if earlier != row.number:
            words = said("Choose another name: indicator %(row)d has this one") % {"row": earlier}
            yield _wrong(row, "name", words)


def _against_itself(row: CleanedRow) -> Iterator[ValidationError]:
    """Targets below where the service is now without a reason; a limit that a target breaks."""
    targets = {year: row[f"year_{year}"] for year in YEARS if row[f"year_{year}"] is not None}
    worse = [year for year, target in targets.items() if is_worse(row, target, row["baseline"])]
    if worse and not row["reason"]:
        yield _wrong(row, f"year_{worse[0]}", _below(worse, row["direction"]))
    broken = [year for year, target in targets.items() if is_worse(row, target, row["minimum"])]
    if broken:
        words = said("The target for year %(year)d is worse than this limit. Change one of them.")
        yield _wrong(row, "minimum", words % {"year": broken[0]})


def is_worse(row: Mapping[str, Any], figure: Decimal, other: Decimal | None) -> bool:
    """Whether a figure of an indicator is less good than another; nothing is, while one is missing."""
    if other is None or not row["direction"]:
        return False
    return figure < other if row["direction"] == HIGHER else figure > other


def _below(years: list[int], direction: str) -> str:
    if len(years) == 1:
        words = (
            said("Year %(years)s is below where you are now. Change it, or give the reason.")
            if direction == HIGHER
            else said("Year %(years)s is above where you are now. Change it, or give the reason.")
        )
    else:
        words = (
            said("Years %(years)s are below where you are now. Change them, or give the reason.")
            if direction == HIGHER
            else said(
                "Years %(years)s are above where you are now. Change them, or give the reason."
            )
        )
    return words % {"years": listed([str(year) for year in years])}


def _wrong(row: CleanedRow, column: str, words: str) -> ValidationError:
    return wrong_cell(row.number, column, words, called=CALLED)


def promised(answers: Answers) -> list[Commitment]:
    """Each indicator that is answered in full, as a commitment; of two with one name the first."""
    found: dict[str, Commitment] = {}
    for row in whole(answers.get("Q1") or []):
        found.setdefault(key_of(row["name"]), _commitment(row))
    return list(found.values())


def whole(typed: list[Row]) -> Iterator[CleanedRow]:
    """The rows in which every cell can be read that must be there."""
    table = IndicatorsForm.base_fields["Q1"]
    for row in typed:
        with suppress(ValidationError):
            yield from table.clean([row])


def _in_years(target: Decimal, years: list[int]) -> str:
    """A target with the years in a row that have it."""
    told = {"target": written(target), "first": years[0], "last": years[-1]}
    if len(years) == 1:
        return said("%(target)s in year %(first)d") % told
    if len(years) == 2:
        return said("%(target)s in years %(first)d and %(last)d") % told
    return said("%(target)s in years %(first)d to %(last)d") % told


def _commitment(row: CleanedRow) -> Commitment:
    targets = {year: row[f"year_{year}"] for year in YEARS}
    words = (
        said(
            "%(name)s (%(unit)s): %(now)s now (%(period)s), then %(targets)s; never below %(limit)s."
        )
        if row["direction"] == HIGHER
        else said(
            "%(name)s (%(unit)s): %(now)s now (%(period)s), then %(targets)s; never above %(limit)s."
        )
    )
    in_years = [
        _in_years(target, [year for year, _target in some])
        for target, some in groupby(targets.items(), lambda pair: pair[1])
    ]
    told = {
        "now": written(row["baseline"]),
        "targets": listed(in_years),
        "limit": written(row["minimum"]),
    }
    return Commitment(
        key=f"{Kind.INDICATOR}:{key_of(row['name'])}",
        kind=Kind.INDICATOR,
        name=row["name"],
        says=words % (row | told),
        unit=row["unit"],
        direction=row["direction"],
        baseline=plain(row["baseline"]),
        period=row["period"],
        targets={year: plain(target) for year, target in targets.items()},
        minimum=plain(row["minimum"]),
    )
