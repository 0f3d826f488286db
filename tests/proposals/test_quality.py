"""Quality of service: what an indicator takes and refuses, its page, and what the sector asks for."""

import html

import html5lib
import pytest
from django.urls import reverse

from proposals.draft.actions.writing import mark_of
from proposals.draft.codes import CHARACTERISTICS, FOR_PEOPLE
from proposals.draft.completeness import Progress, progress_of
from proposals.draft.models import Section
from proposals.draft.models.proposal import Sector
from proposals.draft.questions import Stage, Table, topic
from proposals.draft.topics.indicators import TYPICAL, YEARS, IndicatorsForm, key_of, starters
from tests.proposals import builders
from tests.proposals.builders import INDICATOR

QUALITY = topic("quality")
PAGE = QUALITY.page("indicators")
ANSWERED = builders.ANSWERED["quality"]
OTHERS = ANSWERED["Q1"][1:]
FIGURES = ["baseline", *(f"year_{year}" for year in YEARS), "minimum"]
EMPTY = dict.fromkeys(INDICATOR, "")


def said(*rows, complete=True):
    """What the table says of these rows: the cell, or None for the table, and the sentence."""
    form = IndicatorsForm(data={"Q1": list(rows)}, complete=complete)
    return [((problem.params or {}).get("at"), problem.messages[0]) for problem in form.problems()]


def of_one(**changes):
    """What the table says when its first row differs."""
    return said(INDICATOR | changes, *OTHERS)


def test_three_whole_indicators_are_complete():
    assert of_one() == []


@pytest.mark.parametrize(
    ("typed", "read"), [("1,200", "1200"), ("4.5", "4.5"), ("12%", "12"), (" 7 ", "7"), ("0", "0")]
)
def test_figures_are_read_as_people_type_them(typed, read):
    row = INDICATOR | dict.fromkeys(FIGURES, typed)
    form = IndicatorsForm(data={"Q1": [row, *OTHERS]}, complete=True)
    assert form.is_valid()
    assert {str(form.cleaned_data["Q1"][0][cell]) for cell in FIGURES} == {read}


LIKE = "as a number, like 1,200, 4.5 or 12%"


@pytest.mark.parametrize(
    ("cell", "needed"),
    [
        ("baseline", "enter where you are now"),
        ("year_3", "enter the target for year 3"),
        ("minimum", "enter the worst figure that is still acceptable"),
    ],
)
def test_a_figure_that_is_missing_or_no_number_names_its_row_and_itself(cell, needed):
    assert of_one(**{cell: ""}) == [(f"0-{cell}", f"Indicator 1: {needed}")]
    for typed in ("six", "1,2", "1.2m", "-4", "½"):
        assert of_one(**{cell: typed}) == [(f"0-{cell}", f"Indicator 1: {needed} {LIKE}")]


@pytest.mark.parametrize(
    ("cell", "needed"),
    [
        ("name", "enter what you measure"),
        ("unit", "enter the unit"),
        ("direction", "choose whether more or less is better"),
        ("source", "say where the figures come from"),
        ("period", "enter the period of the figure for now"),
    ],
)
def test_a_gap_of_an_indicator_is_a_gap_and_may_stay_in_a_draft(cell, needed):
    assert of_one(**{cell: ""}) == [(f"0-{cell}", f"Indicator 1: {needed}")]
    assert said(INDICATOR | {cell: ""}, complete=False) == []
    progress = progress_of(QUALITY, ANSWERED | {"Q1": [INDICATOR | {cell: ""}, *OTHERS]})
    assert progress.progress == Progress.IN_PROGRESS
    assert [page.key for page in progress.open_at(Stage.SUBMIT)] == ["indicators"]
    assert progress.open_at(Stage.SIGN) == ()


WORSE = [
    ("lower", {"year_1": "5.5"}, "year 1 is above where you are now. Change it, or give the reason."),
    ("lower", {"year_1": "6", "year_5": "5.1"}, "years 1 and 5 are above where you are now. Change them, or give the reason."),
    ("higher", {"year_2": "4"}, "year 2 is below where you are now. Change it, or give the reason."),
    ("higher", {"year_2": "4", "year_3": "4", "year_5": "3.9"}, "years 2, 3 and 5 are below where you are now. Change them, or give the reason."),
]  # fmt: skip


@pytest.mark.parametrize(("direction", "changes", "words"), WORSE)
def test_a_target_worse_than_now_in_any_year_needs_a_reason(direction, changes, words):
    limit = {"lower": "9", "higher": "0"}[direction]
    level = {f"year_{year}": "5" for year in YEARS}
    row = level | {"direction": direction, "minimum": limit} | changes
    first = next(iter(changes))
    assert of_one(**row) == [(f"0-{first}", f"Indicator 1: {words}")]
    assert said(INDICATOR | row, complete=False) == of_one(**row)
    assert of_one(**row, reason="The move makes it worse at first.") == []


def test_a_target_as_good_as_now_needs_none_and_nothing_is_worse_while_a_figure_is_missing():
    assert of_one(**{f"year_{year}": "5" for year in YEARS}) == []
    assert said(INDICATOR | {"year_1": "9", "baseline": "", "minimum": ""}, complete=False) == []
    assert said(INDICATOR | {"year_1": "9", "direction": ""}, complete=False) == []


@pytest.mark.parametrize(("direction", "limit"), [("lower", "4.9"), ("higher", "2.5")])
def test_a_target_beyond_the_limit_is_refused_at_the_limit(direction, limit):
    row = {"direction": direction, "minimum": limit, "reason": "So."}
    year = 1 if direction == "lower" else 5
    words = f"the target for year {year} is worse than this limit. Change one of them."
    assert of_one(**row) == [("0-minimum", f"Indicator 1: {words}")]


@pytest.mark.parametrize("name", ["Falls", " FALLS ", "falls!"])
def test_no_two_indicators_have_one_name(name):
    words = "Indicator 3: choose another name: indicator 2 has this one"
    rows = [INDICATOR, OTHERS[0], OTHERS[1] | {"name": name}]
    assert said(*rows) == [("2-name", words)]
    nameless = INDICATOR | {"name": ""}
    assert said(nameless, nameless, complete=False) == []


def test_what_is_no_word_is_a_name_of_its_own():
    assert key_of("%") == "%"
    assert key_of("Wait for a  visit") == key_of("wait for a visit")
    assert key_of("Überfälle") == "überfälle"


def test_at_least_three_are_needed_and_at_most_twelve():
    assert said() == [(None, "Enter at least 3 indicators")]
    few = "Enter at least 3 indicators; there are 2 so far"
    assert said(INDICATOR, EMPTY, OTHERS[0]) == [(None, few)]
    assert said(INDICATOR, complete=False) == []
    many = [INDICATOR | {"name": f"Number {n}"} for n in range(13)]
    assert said(*many[:12]) == []
    assert said(*many, complete=False) == [(None, "The most is 12 rows. Take out 1.")]


def test_each_sector_is_offered_its_own_indicators_first_and_then_those_of_all():
    everywhere = ["complaints", "sickness", "vacancies"]
    assert list(starters("")) == everywhere
    assert list(starters("youth")) == ["attendance", "taking-part", *everywhere]
    assert list(starters("mental-health"))[:4] == [
        "waiting-time",
        "experience",
        "missed",
        "incidents",
    ]
    sectors = {sector for *_words, named in TYPICAL.values() for sector in named}
    assert sectors <= set(Sector.values)
    for key, row in starters("youth").items():
        assert IndicatorsForm(data={"Q1": [EMPTY | row]}).is_valid(), key


# Pages


def address(proposal, page=PAGE):
    return page.address(proposal.reference, "quality")


def words(response):
    return html.unescape(response.content.decode())


def kept(proposal):
    row = Section.objects.filter(proposal=proposal, key="quality").first()
    return (row.answers if row else {}).get("Q1", [])


def post(client, proposal, *rows, **more):
    section = Section.objects.filter(proposal=proposal, key="quality").first()
    cells = {
        f"Q1-{place}-{key}": text for place, row in enumerate(rows) for key, text in row.items()
    }
    seen = mark_of(section.answers if section else {}, PAGE)
    return client.post(address(proposal), {**cells, "seen": seen, **more})


@pytest.fixture
def draft(stored, people, client):
    client.force_login(people.editor)
    proposal = stored(builders.draft_of, people, complete=False)
    Section.objects.filter(proposal=proposal, key="service").update(answers={"S3": "youth"})
    return proposal


def test_each_indicator_is_a_card_whose_every_box_has_its_label(client, draft):
    page = client.get(address(draft))

    tree = html5lib.parse(page.content.decode(), namespaceHTMLElements=False)
    labels = {label.get("for"): "".join(label.itertext()) for label in tree.iter("label")}
    boxes = [
        box.get("id")
        for kind in ("input", "select", "textarea")
        for box in tree.iter(kind)
        if (box.get("name") or "").startswith("Q1-")
    ]
    assert len(boxes) == 3 * len(INDICATOR)
    assert labels["id_Q1-1-year_4"] == "Year 4, Indicator 2"
    assert {labels[box].rpartition(", ")[2] for box in boxes} == {
        f"Indicator {n}" for n in (1, 2, 3)
    }
    assert "12% as 12" in words(page)


def test_what_is_wrong_is_kept_and_the_summary_leads_to_the_very_cell(client, draft):
    page = post(client, draft, INDICATOR, INDICATOR | {"name": "Falls", "year_2": "six"})

    shown = words(page)
    assert f'<a href="#id_Q1-1-year_2">Indicator 2: enter the target for year 2 {LIKE}</a>' in shown
    assert 'aria-describedby="id_Q1-1-year_2-error"' in shown
    assert kept(draft)[1]["year_2"] == "six"
    assert 'value="six"' in words(client.get(address(draft)))


def test_nothing_is_filled_in_until_a_row_is_begun_by_its_button(client, draft):
    page = words(client.get(address(draft)))
    assert 'value="start-Q1-attendance"' in page
    assert 'value="start-Q1-waiting-time"' not in page
    assert 'value="Hours that young people attend"' not in page

    begun = post(client, draft, INDICATOR, EMPTY, OTHERS[0], then="start-Q1-attendance")

    assert begun.url == f"{address(draft)}?Q1=3#id_Q1-1-source"
    own = {"name": "Hours that young people attend", "unit": "hours a year", "direction": "higher"}
    assert kept(draft) == [INDICATOR, EMPTY | own, OTHERS[0]]
    page = words(client.get(begun.url))
    assert 'value="Hours that young people attend"' in page
    assert 'value="start-Q1-attendance"' not in page
    assert 'value="start-Q1-taking-part"' in page


def test_a_row_is_begun_after_the_others_and_none_beyond_the_most(client, draft):
    rows = [INDICATOR | {"name": f"Number {n}"} for n in range(11)]
    post(client, draft, *rows, then="start-Q1-complaints")
    assert [row["name"] for row in kept(draft)][10:] == ["Number 10", "Complaints"]

    full = kept(draft)
    again = post(client, draft, *full, then="start-Q1-sickness")
    assert again.status_code == 302
    assert kept(draft) == full
    page = words(client.get(address(draft)))
    assert "start-Q1-" not in page
    assert "12 is the most" in page


@pytest.mark.parametrize("then", ["start-Q1-nothing", "start-Q1-", "start-Q2-complaints", "start"])
def test_a_button_that_begins_nothing_loses_nothing(client, draft, then):
    assert post(client, draft, INDICATOR, then=then).status_code == 302
    assert kept(draft) == [INDICATOR]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\x00nul", "\u202eright", "x" * 9999]
)
def test_whatever_is_typed_is_shown_harmlessly_wherever_it_is_read(client, draft, text):
    post(client, draft, INDICATOR | {"name": text, "period": text})

    assert kept(draft)[0]["name"] == text.replace("\x00", "\N{REPLACEMENT CHARACTER}")
    for name in ("answers", "print", "promises"):
        page = client.get(reverse(f"proposals:{name}", args=[draft.reference]))
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()


def test_answered_indicators_stand_one_by_one_with_what_was_given():
    form = IndicatorsForm(data={"Q1": [INDICATOR | {"reason": ""}]})
    [(_name, _label, table)] = form.shown()
    assert isinstance(table, Table)
    assert ("Which is better?", "Less is better") in table.rows[0]
    [card] = table.cards
    assert [len(cells) for cells in card] == [4, 2, 5, 1]
    assert card[1] == [("Now", "5"), ("In which period", "2025")]


def test_two_who_write_indicators_at_once_lose_nothing(client, draft, people):
    seen = mark_of({}, PAGE)
    post(client, draft, INDICATOR, seen=seen)
    client.force_login(people.lead)

    clash = post(client, draft, INDICATOR | {"name": "Mine"}, seen=seen)

    shown = words(clash)
    assert clash.status_code == 409
    assert '<dd class="app-pre">Wait for a first visit</dd>' in shown
    assert 'value="Mine"' in shown


# The other questions


def test_an_inspection_that_took_place_has_its_date():
    form = QUALITY.page("inspection").form
    for result in ("good", "not-met"):
        asked = form(data={"Q2": result}, complete=True)
        assert list(asked.errors) == ["Q2_on"]
        assert asked.has_gaps_only()
    assert form(data={"Q2": "not-inspected"}, complete=True).is_valid()
    future = form(data={"Q2": "good", "Q2_on": {"day": "1", "month": "1", "year": "2999"}})
    assert list(future.errors) == ["Q2_on"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("cqc.org.uk/report", "https://cqc.org.uk/report"),
        ("http://x.example/1", "http://x.example/1"),
    ],
)
def test_a_report_is_found_at_an_address_on_the_web(typed, read):
    form = QUALITY.page("inspection").form(data={"Q2": "good", "Q2_link": typed})
    assert form.is_valid()
    assert form.cleaned_data["Q2_link"] == read
    for wrong in ("their page", "javascript:alert(1)"):
        refused = QUALITY.page("inspection").form(data={"Q2_link": wrong})
        [sentence] = refused.errors["Q2_link"]
        assert sentence == "Enter a web address, like https://www.cqc.org.uk/"


def equality(*rows, complete=True):
    form = QUALITY.page("equality").form(data={"Q6": list(rows)}, complete=complete)
    return [((problem.params or {}).get("at"), problem.messages[0]) for problem in form.problems()]


def about(who, effect="same", action=""):
    return {"who": who, "effect": effect, "how": "We asked.", "action": action}


def test_all_nine_characteristics_are_spoken_of_one_by_one_or_together():
    nine = [about(key) for key, _words in CHARACTERISTICS]
    assert equality(*nine) == []
    assert equality(about("sex"), about("all-others")) == []
    assert equality(*nine[:-2]) == [
        (
            None,
            "Add a row for sex, sexual orientation, or one for “All others”",
        )
    ]
    assert equality(nine[0], complete=False) == []


def test_what_could_be_worse_needs_something_to_do_and_nobody_is_named_twice():
    worse = about("age", "worse")
    assert equality(worse, about("all-others")) == [
        ("0-action", "Row 1: say what you will do about it")
    ]
    assert equality(about("age", "worse", "We ring them."), about("all-others")) == []
    assert equality(about("age"), about("age"), complete=False) == [
        ("1-who", "Row 2: choose another characteristic: row 1 is about this one")
    ]
    assert equality(about(""), about(""), complete=False) == []


@pytest.mark.parametrize("sector", Sector.values)
def test_services_for_people_say_how_they_keep_them_safe_and_others_may(sector):
    assert set(Sector.values) >= FOR_PEOPLE
    answers = ANSWERED | {"Q7": ""}
    progress = progress_of(QUALITY, answers, {"service": {"S3": sector}, "quality": answers})
    is_needed = sector in FOR_PEOPLE
    assert [page.key for page in progress.open_pages] == (["safety"] if is_needed else [])
    assert progress.progress == (Progress.IN_PROGRESS if is_needed else Progress.COMPLETE)
    assert progress.questions == ((6, 7) if is_needed else (6, 6))


def test_the_page_of_safety_says_whether_it_may_stay_empty(client, draft):
    page = QUALITY.page("safety")
    optional = "what happens to a complaint? (optional)"
    assert optional not in words(client.get(address(draft, page)))
    Section.objects.filter(proposal=draft, key="service").update(answers={"S3": "back-office"})
    assert optional in words(client.get(address(draft, page)))


def test_what_is_needed_is_nowhere_called_optional(client, people):
    client.force_login(people.lead)
    asked = builders.ask_to_sign(builders.draft_of(people), people)
    for name, more in (("answers", []), ("section", ["quality"]), ("sign", [])):
        page = words(client.get(reverse(f"proposals:{name}", args=[asked.reference, *more])))
        assert "what happens to a complaint?" in page
        assert "what happens to a complaint? (optional)" not in page, name
