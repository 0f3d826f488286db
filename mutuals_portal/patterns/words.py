"""Patterns of words: headings, tags, dates and money, keys."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from activity import clock, workflow
from mutuals_portal import tones
from mutuals_portal.patterns.pattern import Group, Pattern, State, Words, state

# What each colour of a tag means.
MEANINGS = {
    "blue": _("In hand: somebody is at it"),
    "purple": _("Waits on a formal act"),
    "yellow": _("Somebody must answer"),
    "green": _("Yes, kept, here"),
    "orange": _("Due soon, or short of a promise"),
    "red": _("Late, missed, failed"),
    "grey": _("At rest, at an end, or not known"),
}
LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2

HEADINGS = """<p class="govuk-caption-l">RTP-2027-0042</p>
<h3 class="govuk-heading-l">A page's own words</h3>
<h4 class="govuk-heading-m">A part of it</h4>
<h5 class="govuk-heading-s">A part of that</h5>"""
BODY = """<p class="govuk-body">We read every proposal. <a class="govuk-link" href="#">What we read it for</a>.</p>
<p class="govuk-body app-quiet app-small">Last changed on 6 April 2027</p>
<p class="govuk-body app-late">First reply 40 minutes late</p>"""
LIST = """<ul class="govuk-list govuk-list--bullet"><li>61 of 80 voted (76%)</li><li>{{ long }}</li></ul>"""
TYPED = '<p class="govuk-body app-pre">{{ text }}</p>'


def status_tags() -> Iterator[State]:
    """The tags of every lifecycle, each with what its colour means, and of what is said besides."""
    for life in workflow.lifecycles():
        rows = [(str(each.value), str(each.label)) for each in life.statuses]
        yield _tags(life.name, rows)
    known = {
        each.value.replace("-", "_") for life in workflow.lifecycles() for each in life.statuses
    }
    rest = [(name, None) for name in tones.TONES if name not in known]
    yield _tags(_("What is no status"), rest)


def _tags(label: Words, rows: Sequence[tuple[str, str | None]]) -> State:
    line = (
        '<ul class="govuk-list">{% for status, text, meaning in rows %}<li>'
        '{% status_tag status text %} <span class="app-quiet">{{ meaning }}</span></li>{% endfor %}</ul>'
    )
    told = [(status, text, MEANINGS[tones.tone(status)]) for status, text in rows]
    return state(line, label, rows=told)


def group() -> Group:
    """Words."""
    text = "One line,\nanother & <b>no bold</b>\n\u202ethgir ot tfel"
    return Group(
        _("Words"),
        (
            Pattern(
                _("Headings"),
                _("One h1 a page, then by rank, never by size. A caption stands above the h1."),
                (state(HEADINGS),),
            ),
            Pattern(
                _("Text and links"),
                _("Say who, what and when. Quiet words for times and references, late only for late."),
                (state(BODY), state(LIST, _("long words"), long=LONG)),
            ),
            Pattern(
                _("What people typed"),
                _("Their lines stay as they wrote them, and nothing they type is markup."),
                (state(TYPED, text=text), state(TYPED, _("one long word"), text=LONG)),
            ),
            Pattern(
                _("Dates and money"),
                _("Dates in words, with the weekday within two weeks. Money with commas and a true minus."),
                (
                    state('<p class="govuk-body">{% moment at %}</p>', at=clock.now),
                    state('<p class="govuk-body">{{ day|date_full }}</p>', day=clock.today),
                    state('<p class="govuk-body">{{ saved|pounds }} {{ cost|pounds }}</p>', saved=45_391_500, cost=-2_108_500),
                ),
            ),
            Pattern(
                _("Tag"),
                _("The word says it; the colour only repeats it. One name for a status, everywhere."),
                (
                    state('{% component "tag" text=_("Example") classes="govuk-tag--grey" %}'),
                    state('{% component "tag" text=long %}', _("long words"), long="Being decided by more than one person"),
                    *status_tags(),
                ),
            ),
            Pattern(
                _("Count"),
                _("Beside a heading or a link: how many wait. Red only when they are late."),
                (
                    state('<span class="app-count">4</span> <span class="app-count">1,000+</span>'),
                    state('<span class="app-count app-count--late">2</span>', _("late")),
                ),
            ),
            Pattern(
                _("Keys"),
                _("On desk pages with shortcuts, in a details at the end. Each key is a kbd of its own."),
                (
                    state(
                        '{% include "components/keys.html" with title=title rows=rows only %}',
                        title="Keys on this page",
                        rows=[
                            {"keys": ["n"], "does": "Take the next enquiry"},
                            {"keys": ["g", "w"], "does": "Go to my work"},
                            {"keys": ["?"], "does": "Show these keys"},
                        ],
                    ),
                ),
            ),
        ),
    )  # fmt: skip
