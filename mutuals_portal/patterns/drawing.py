"""Patterns of drawing: every chart, with its usual and its awkward figures."""

from django.utils.translation import gettext_lazy as _

from mutuals_portal.patterns.pattern import Group, Pattern, state

YEARS = ["Start", "2027 to 2028", "2028 to 2029", "2029 to 2030", "2030 to 2031", "2031 to 2032"]
AMOUNTS = [-9_000_000, 2_700_000, 7_996_000, 12_386_100, 12_386_100, 12_386_100]
TOTALS = [-9_000_000, -6_300_000, 1_696_000, 14_082_100, 26_468_200, 38_854_300]
STEPS = [
    ("Headline", 92_000_000),
    ("Would have been saved anyway", -94_108_500),
    ("Net", -2_108_500),
]
PROMISES = [
    ("2012 to 2013", 2_700_000, 3_140_000),
    ("2013 to 2014", 7_996_000, 7_120_000),
    ("2014 to 2015", 12_386_100, None),
]
KEPT, NAMES = [_("promised"), _("delivered")], [_("answered"), _("waiting"), _("closed")]
MONTHS = [("April 2027", 40, 6, 2), ("May 2027", 52, 9, 4), ("June 2027", 31, None, 0)]
PARTS = [("Health", 40, 6, 2), ("Care of older people and of adults with disabilities", 12, 9, 40)]


def group() -> Group:
    """Drawing."""
    return Group(_("Charts"), (*_bars(), *_others()))


def _bars() -> tuple[Pattern, ...]:
    line = '{% load charts %}{% bar_chart TITLE SENTENCE rows names unit="pounds" heading=_("Year") open=True %}'
    line = line.replace("TITLE", '"More saved than promised at first"')
    line = line.replace("SENTENCE", '"Delivered was above the promise in the first year."')
    plain = '{% load charts %}{% bar_chart "Most wait less than a day" "Four in five." rows names unit="percent" %}'
    below = plain.replace("Most wait less than a day", "A year of loss, then no change")
    stack = '{% load charts %}{% stacked_chart "Care closes more than it answers" "By sector." rows names heading=_("Sector") %}'
    return (
        Pattern(
            _("Bar chart"),
            _("Amounts beside each other. With two names: what was promised, and what was delivered."),
            (
                state(plain, rows=[("Same day", 80), ("Next day", 15), ("Later", 5)], names=[_("Share")]),
                state(line, _("two series, one not known"), rows=PROMISES, names=KEPT),
                state(below, _("below nought, and nothing"), rows=[("A year of loss", -12), ("No change", 0)], names=[_("Change")]),
            ),
        ),
        Pattern(_("Stacked bar"), _("Up to four parts that add up to something."), (state(stack, rows=PARTS, names=NAMES),)),
    )  # fmt: skip


def _others() -> tuple[Pattern, ...]:
    lines = '{% load charts %}{% line_chart "Answers fell in June" "From 52 to 31." rows names heading=_("Month") %}'
    years = '{% load charts %}{% years_chart "It pays back in year 3" "The total passes nought." labels amounts totals %}'
    fall = '{% load charts %}{% waterfall_chart "Most would have been saved anyway" "Little is left." steps %}'
    tiles = '{% load charts %}{% tile_map "Most are in London" "Six of seven." counts %}'
    return (
        Pattern(_("Line chart"), _("Up to three lines over time, broken where nothing is known."), (state(lines, rows=MONTHS, names=NAMES),)),
        Pattern(_("Years"), _("A bar for each year's pounds, a line for their running total."), (state(years, labels=YEARS, amounts=AMOUNTS, totals=TOTALS),)),
        Pattern(_("Waterfall"), _("From a first figure, through what is taken off, to what is left."), (state(fall, steps=STEPS),)),
        Pattern(_("Map"), _("Counts of the twelve nations and regions. A list of links comes first."), (state(tiles, counts={"london": 6, "wales": 1}),)),
    )  # fmt: skip
