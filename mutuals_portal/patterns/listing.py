"""Patterns of listing: records, facts, tasks, filters, and the way on."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from activity import clock
from activity.keyset import Page
from mutuals_portal.patterns.pattern import Group, Pattern, State, state
from mutuals_portal.patterns.words import LONG

ROWS = """<table class="govuk-table app-rows">
  <caption class="govuk-table__caption govuk-visually-hidden">{{ title }}</caption>
  <thead class="govuk-table__head"><tr class="govuk-table__row">
    <th scope="col" class="govuk-table__header">Case</th><th scope="col" class="govuk-table__header">Status</th><th scope="col" class="govuk-table__header">Due</th>
  </tr></thead>
  <tbody class="govuk-table__body">
    {% for row in rows %}
      <tr class="govuk-table__row{% if row.kind %} {{ row.kind }}{% endif %}">
        <th scope="row" class="govuk-table__header"><a class="govuk-link app-rows__what" href="#">{{ row.title }}</a><span class="app-rows__more">{{ row.more }}</span></th>
        <td class="govuk-table__cell" data-label="Status"><div>{% status_tag row.status %}</div></td>
        <td class="govuk-table__cell" data-label="Due"><div>{{ row.due|date_full }}{% if row.kind == "is-late" %} <span class="app-late">Late</span>{% elif row.kind == "is-soon" %} Soon{% endif %}</div></td>
      </tr>
    {% endfor %}
  </tbody>
</table>"""
EMPTY = """<p class="govuk-body">Nothing matches these filters. <a class="govuk-link" href="#">Take them off</a>.</p>"""
FACET = """<nav aria-label="Views of the queue"><ul class="app-facet">
  <li><a href="#" aria-current="true">Mine <span>4</span></a></li><li><a href="#">Late <span class="app-late">2</span></a></li><li><a href="#">All <span>1,000+</span></a></li>
</ul></nav>"""
TIMELINE = """<ol class="app-timeline">
  <li class="is-done"><h3>Early thinking</h3><p class="app-quiet app-small">September 2010</p></li>
  <li class="is-now"><h3>Appraisal</h3><p class="app-quiet app-small">Since April 2011</p></li>
  <li><h3>Implementation</h3></li>
</ol>"""
CASE = """<div class="app-case">
  <p class="app-case__line">{% status_tag "assessing" %}<strong>RTP-2027-0042</strong><span class="app-late">Late: due 6 April 2027</span></p>
  <nav aria-label="Pages of this example"><ul class="app-pages"><li><a class="govuk-link" href="#" aria-current="page">Overview</a></li><li><a class="govuk-link" href="#">Proposal</a></li></ul></nav>
</div>"""
SPLIT = """<div class="app-split"><div><p class="govuk-body">The work.</p></div>
  <div class="app-split__side"><section class="app-panel"><h3 class="govuk-heading-s">Facts</h3><p class="govuk-body">The facts.</p></section><section class="app-panel app-panel--soft"><h3 class="govuk-heading-s">This record</h3><p class="govuk-body">Entry 23.</p></section></div></div>"""
TASKS = [
    {"title": {"text": _("The service today")}, "href": "#", "status": {"text": _("Complete")}},
    {"title": {"text": _("Money")}, "href": "#", "hint": {"text": _("Five years, in pounds")}, "status": {"tag": {"text": _("Needs attention"), "classes": "govuk-tag--yellow"}}},
    {"title": {"text": _("Sign")}, "status": {"text": _("Cannot start yet"), "classes": "govuk-task-list__status--cannot-start-yet"}},
]  # fmt: skip


def _rows(*kinds: str, title: str = "Leicester homeless health") -> list[dict[str, Any]]:
    return [
        {"title": title, "more": "RTP-2027-0042", "status": "assessing", "kind": kind, "due": clock.today}
        for kind in kinds
    ]  # fmt: skip


def _waiting() -> dict[str, Any]:
    due = clock.today() + timedelta(days=2)
    what = {"title": "Sign the proposal", "path": "#", "needed": "Your signature"}
    return {"items": [{**what, "reference": "RTP-2027-0042", "due_on": due}, what]}


def group() -> Group:
    """Listing."""
    return Group(_("Listing"), (*_tables(), *_facts(), *_ways()))


def _tables() -> tuple[Pattern, ...]:
    waiting = (
        '{% include "components/waiting.html" with title=_("Late") items=items late=True only %}'
    )
    return (
        Pattern(
            _("Rows"),
            _("Records to work through: a table on a desk, a card each on a phone. Late has a bar and the word."),
            (
                state(ROWS, title="Cases", rows=_rows("is-late", "is-soon", "")),
                state(ROWS, _("many rows"), title="All cases", rows=_rows(*[""] * 25)),
                state(ROWS, _("long words"), title="Long", rows=_rows("is-late", title=LONG)),
                state(EMPTY, _("empty: say so, and the way out")),
            ),
        ),
        Pattern(_("Waiting"), _("On a start page: what waits for this person."), (State(waiting, _waiting),)),
        Pattern(
            _("Table"),
            _("Figures. Numbers stand to the right, and never wrap."),
            (
                state(
                    '{% component "table" head=head rows=rows caption=_("Savings promised") captionClasses="govuk-table__caption--m" firstCellIsHeader=True %}',
                    head=[{"text": "Year"}, {"text": "Promised", "format": "numeric"}],
                    rows=[[{"text": "2012 to 2013"}, {"text": "£27,000", "format": "numeric"}], [{"text": "2013 to 2014"}, {"text": "Not known", "format": "numeric"}]],
                ),
            ),
        ),
        Pattern(_("Task list"), _("The parts of a draft. Complete has no tag."), (state('{% component "task-list" idPrefix="tasks" items=items %}', items=TASKS),)),
    )  # fmt: skip


def _facts() -> tuple[Pattern, ...]:
    rows = [
        {"key": _("Employer"), "value": "Wolds Community NHS Trust\n(merged 2013)", "href": "#"},
        {"key": _("Legal form"), "value": ""},
        {"key": _("Name"), "value": LONG},
    ]
    card = [{"key": {"text": _("Votes")}, "value": {"text": _("61 of 80 voted (76%)")}}]
    return (
        Pattern(
            _("Facts"),
            _("What is known of one record. What is empty is said to be not known."),
            (state('{% include "components/facts.html" with rows=rows only %}', rows=rows),),
        ),
        Pattern(
            _("Summary list"),
            _("Answers to check before sending, each with the way back to it; as a card, one of several."),
            (state('{% component "summary-list" rows=rows card=card %}', rows=card, card={"title": {"text": _("Ballot")}, "actions": {"items": [{"text": _("Change"), "href": "#"}]}}),),
        ),
        Pattern(_("Timeline"), _("What happened, in order: done, now, to come."), (state(TIMELINE),)),
        Pattern(_("Case head"), _("The head of every page of a case: its pages are links, not tabs."), (state(CASE),)),
        Pattern(_("Work and facts"), _("Two thirds work, one third facts; the panel stays in view."), (state(SPLIT),)),
    )  # fmt: skip


def _ways() -> tuple[Pattern, ...]:
    line = '{% component "pagination" items=items previous__href="#" next__href="#" landmarkLabel=_("Numbered pages") %}'
    chips = '{% include "components/chips.html" %}'
    pages = [
        {"number": 1, "href": "#"},
        {"number": 2, "href": "#", "current": True},
        {"ellipsis": True},
        {"number": 40, "href": "#"},
    ]
    return (
        Pattern(_("Views and filters"), _("Saved views with counts, and the filters in use, each a link that drops it."), (state(FACET), state(chips, _("filters in use"), chips=[{"label": _("Health"), "address": "#"}], page={"rows": [1]}))),
        Pattern(
            _("Way on"),
            _("Under every long list: by key, never by number."),
            (
                state('{% include "components/keyset.html" %}', page=Page(rows=[], after="b", is_first=False)),
                state('{% include "components/keyset.html" %}', _("one page: nothing"), page=Page(rows=[], after="", is_first=True)),
            ),
        ),
        Pattern(_("Pagination"), _("Only for what has few numbered pages, such as a long guide."), (state(line, items=pages),)),
        Pattern(_("Breadcrumbs"), _("Public pages that lie in one another, in the block before_main."), (state('{% component "breadcrumbs" items=items labelText=_("Example breadcrumb") %}', items=[{"text": _("Home"), "href": "#"}, {"text": _("Pathfinders"), "href": "#"}]),)),
        Pattern(_("Tabs"), _("Seldom: pages of a case are links. Here for two views of the same figures."), (state('{% component "tabs" items=items idPrefix="tab" %}', items=[{"label": _("Table"), "id": "tab-table", "panel": {"text": _("The table.")}}, {"label": _("Chart"), "id": "tab-chart", "panel": {"text": _("The chart.")}}]),)),
        Pattern(_("Accordion"), _("Long guidance of which each reader needs a part."), (state('{% component "accordion" id="accordion" headingLevel=4 items=items rememberExpanded=False %}', items=[{"heading": {"text": _("Pensions")}, "summary": {"text": _("Who stays in")}, "content": {"text": _("Ask the scheme in writing.")}}, {"heading": {"text": _("Premises")}, "content": {"text": LONG}}]),)),
    )  # fmt: skip
