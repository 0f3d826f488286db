"""The money on its pages: who may see it, what is typed, what it comes to, and old answers."""

import html
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from proposals.draft import actions, differing
from proposals.draft.actions.writing import mark_of
from proposals.draft.completeness import Progress, progress_of
from proposals.draft.models import Change, Section
from proposals.draft.questions import Table, topic
from proposals.draft.shown import groups_of
from proposals.money import meanings, reading
from proposals.money.asking import year_names
from proposals.money.books import Books, survival
from proposals.money.forms import read
from proposals.money.results import result_words
from proposals.money.savings import Figures, savings
from proposals.reference import load
from tests.factories import somebody
from tests.proposals import builders

MONEY = topic("money")
PAGES = [page.key for page in MONEY.pages]
YEARS = range(1, 6)
# Case A as it was kept before there were grids.
OLD = {
    "F1": "2024",
    "F3": "2,400,000",
    "F4_source": "Finance plan",
    "F6_reason": "",
    "F7": "90,000",
    **{
        f"{line}_{year}": builders.MONEY[line][str(year)]
        for line in ("F4", "F5", "F6")
        for year in YEARS
    },
}


@pytest.fixture
def draft(stored, people, scheme, client):
    client.force_login(people.editor)
    return stored(builders.draft_of, people)


def address(name, proposal, *args):
    return reverse(f"proposals:{name}", args=[proposal.reference, *args])


def page_of(proposal, key):
    return MONEY.page(key).address(proposal.reference, MONEY.key)


def keep(proposal, answers):
    Section.objects.filter(proposal=proposal, key="money").update(answers=answers)


def words(page):
    return html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode()))


def flat(page):
    return " ".join(words(page).split())


def sent(proposal, key, **changes):
    section = Section.objects.get(proposal=proposal, key="money")
    seen = {"seen": mark_of(section.answers, MONEY.page(key))}
    return builders.boxes(section.answers) | changes | seen


@pytest.mark.parametrize("key", PAGES)
def test_a_stranger_and_an_official_find_no_page_and_no_totals(client, draft, staff, key):
    for who in (somebody(), staff.reviewer):
        client.force_login(who)
        for method in (client.get, client.post):
            assert method(page_of(draft, key)).status_code == 404
        assert client.post(address("money_totals", draft, key)).status_code == 404
    assert client.get(address("money_result", draft)).status_code == 404


def test_who_may_only_read_reads_the_answers_and_writes_nothing(client, draft, people):
    client.force_login(people.viewer)
    before = Section.objects.get(proposal=draft, key="money").answers

    assert client.get(page_of(draft, "costs")).url == address("section", draft, "money")
    assert client.post(page_of(draft, "costs"), {"F9_pay_1": "1"}).status_code == 403
    assert client.get(address("money_result", draft)).status_code == 200
    assert Section.objects.get(proposal=draft, key="money").answers == before


@pytest.mark.parametrize("key", PAGES)
def test_each_page_is_saved_alone_and_leads_on(client, draft, key):
    following = MONEY.after(MONEY.page(key))
    then = page_of(draft, following.key) if following else ""
    if key in ("figures", "finance"):
        then = address("money_result", draft)

    assert client.post(page_of(draft, key), sent(draft, key)).url == then
    kept = Section.objects.get(proposal=draft, key="money").answers
    assert progress_of(MONEY, kept).progress == Progress.COMPLETE


def test_a_page_shows_its_totals_without_javascript(client, draft):
    figures = flat(client.get(page_of(draft, "figures")))
    assert "Gross saving £27,000 £79,960 £123,861 £148,684 £164,410 £543,915" in figures
    assert "−£63,000 £16,960 £140,821 £289,505 £453,915 £453,915" in figures
    costs = flat(client.get(page_of(draft, "costs")))
    assert "Surplus or deficit £45,000 £40,000 £35,000 £38,000 £40,000 £198,000" in costs


def test_totals_are_those_of_the_page_as_it_is_typed_and_nothing_is_written(client, draft):
    before = Section.objects.get(proposal=draft, key="money")
    typed = sent(draft, "figures", F5_1="2,340,000", F7_team="115,000")

    told = client.post(address("money_totals", draft, "figures"), typed).json()

    assert told["worked-gross_1"] == "−£13,000"
    assert told["worked-running_5"] == told["worked-running_sum"] == "£313,915"
    assert told["id_F5-sum"] == "£10,670,000"
    assert told["id_F7-sum"] == "£190,000"
    after = Section.objects.get(proposal=draft, key="money")
    assert (after.answers, after.revision) == (before.answers, before.revision)
    assert Change.objects.count() == 0


def test_every_total_has_its_place_on_the_page(client, draft):
    for key in PAGES:
        page = client.get(page_of(draft, key)).content.decode()
        told = client.post(address("money_totals", draft, key), sent(draft, key)).json()
        places = dict(re.findall(r'<output id="([^"]+)"[^>]*>([^<]*)</output>', page))
        assert places.items() <= told.items()
        assert bool(places) == (key != "finance")


def test_totals_say_nothing_of_what_cannot_be_read(client, draft):
    typed = sent(draft, "costs", F9_pay_1="1.7m")
    told = client.post(address("money_totals", draft, "costs"), typed).json()

    assert (told["worked-surplus_1"], told["worked-surplus_2"]) == ("", "£40,000")
    assert told["worked-surplus_sum"] == told["id_F9-pay_sum"] == told["id_F9-sum"] == ""


def test_totals_are_asked_for_by_post_and_of_pages_that_are(client, draft):
    assert client.get(address("money_totals", draft, "costs")).status_code == 405
    assert client.post(address("money_totals", draft, "nothing")).status_code == 404


def test_one_year_at_a_time_sends_the_others_along(client, draft):
    page = client.get(f"{page_of(draft, 'costs')}?year=2").content.decode()

    assert 'aria-label="Premises, 2026 to 2027"' in page
    assert page.count("app-cell-input") == 14
    assert '<input type="hidden" name="F9_pay_1" value="1,700,000">' in page
    assert "Save and go on to year 3" in page
    for year, then in (("2", f"{page_of(draft, 'costs')}?year=3"), ("5", page_of(draft, "cash"))):
        posted = client.post(f"{page_of(draft, 'costs')}?year={year}", sent(draft, "costs"))
        assert posted.url == then
    for asked in ("0", "6", "x", "\u0665"):
        whole = client.get(page_of(draft, "costs"), {"year": asked}).content.decode()
        assert whole.count("app-cell-input") == 70


def test_an_error_of_another_year_shows_all_years(client, draft):
    year = f"{page_of(draft, 'costs')}?year=2"
    here = client.post(year, sent(draft, "costs", F9_pay_2="lots")).content.decode()
    there = client.post(year, sent(draft, "costs", F9_pay_4="more")).content.decode()

    assert 'href="#id_F9-pay_2"' in here
    assert here.count("app-cell-input") == 14
    assert 'href="#id_F9-pay_4"' in there
    assert there.count("app-cell-input") == 70


def test_a_line_left_empty_counts_as_nought_and_is_shown_so(client, draft):
    page = client.get(page_of(draft, "costs")).content.decode()
    assert 'name="F9_tax_1" type="text" inputmode="numeric" autocomplete="off" value="0"' in page
    answers = flat(client.get(address("section", draft, "money")))
    assert "Corporation tax £0 £0 £0 £0 £0 £0" in answers


@pytest.mark.parametrize(
    ("changes", "needed"),
    [
        ({"F11_lowest": "-1"}, ["Name the overdraft or loan that covers cash below 0"]),
        ({"F11_closing": builders.years(1, 1, -1, 1, 1)}, ["Name the overdraft or loan"]),
        ({"F11_lowest": "-1", "F11_facility": "The bank, to £5,000"}, []),
        ({"F6": builders.years(0, 1, 1, 1, 1)}, ["Say why managing the contract"]),
        ({"F4": {}}, [f"Enter the cost of staying in-house in year {n}" for n in YEARS]),
        ({"F7": {"team": "1", "grant": "0"}}, ["Enter the one-off costs of your employer, or 0"]),
        ({"F8": {}}, ["Enter the income from the main contract"]),
        ({"F9": {"pay_1": "1"}}, [f"Enter the pay in year {n}, or 0" for n in (2, 3, 4, 5)]),
        ({"F3": {}}, ["Enter what the service costs in that year"]),
        ({"F2_inflation": ""}, ["Enter the inflation that you assume, or 0"]),
        ({"F15": "yes"}, ["Enter at least one"]),
    ],
)
def test_what_is_still_needed_is_said(changes, needed):
    found = progress_of(MONEY, builders.MONEY | changes)

    said = [text for _page, form in found.forms for e in form.problems() for text in e.messages]
    assert len(said) == len(needed)
    assert all(a.startswith(b) for a, b in zip(said, needed, strict=True))


def test_case_a_and_case_b_to_the_pound(client, draft):
    case_a = flat(client.get(address("money_result", draft)))
    keep(draft, builders.CASE_B)
    case_b = flat(client.get(address("money_result", draft)))

    for text in (
        *("£453,915", "4.02%", "£390,444", "£1,370,000", "Payback: Year 2"),
        "£27,000 + £79,960 + £123,861 + £148,684 + £164,410 − £90,000 = £453,915",
        "Year 1: £2,352,000 − £2,300,000 − £25,000 = £27,000",
        "Year 2: £79,960 ÷ 1.035² = £74,644",
        "£453,915 ÷ £11,298,915 = 4.02%",
        "Income covers costs in each of the five years.",
    ):
        assert text in case_a
    for text in (
        *("−£21,085", "−0.19%", "−£32,549", "£920,000", "Payback: Never", "£4,218", "£68,915"),
        *("−£357,760", "£324,764", "−£131,885", "£89,715"),
        *("−£46,085", "£3,915", "−£39,085", "−£3,085"),
        "The headline of £920,000 compares the price with today's budget.",
        "In year 1 the contract price is £2,340,000, but the income from the main contract is",
    ):
        assert text in case_b
    assert "In-house efficiency 3% a year −£357,760 1% a year £324,764" in case_b


def test_the_result_says_how_the_mutual_would_live_as_planned_and_in_two_shocks(client, draft):
    page = flat(client.get(address("money_result", draft)))

    assert "Surplus or deficit, year 3 £35,000 −£206,000 −£46,934" in page
    assert "Lowest month-end cash, year 1 £150,000 −£110,000 £150,000" in page
    assert "Days of reserves, year 3 49 days 0 days 29 days" in page
    assert "Share of income from this contract, year 3 87.6% 87.6% 87.1%" in page
    assert "Year 1: £245,000 ÷ (£2,555,000 ÷ 365) = 35 days" in page
    assert "Look at this again" not in page


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({"F7": {"employer": "0", "team": "0", "grant": "0"}}, "No one-off costs are entered."),
        ({"F4": builders.years(*[2_400_000] * 5)}, "£2,400,000 in every year, the same as today"),
        ({"F9": builders.MONEY["F9"] | builders.yearly(vat=0)}, "would pay less VAT"),
        (
            {"F8": builders.MONEY["F8"] | builders.yearly(grants=10_000)},
            "would pay the mutual £50,000 in five years",
        ),
        ({"F11_lowest": "-5", "F11_facility": "A <b>bank</b>"}, "covered by: A &lt;b&gt;bank"),
        ({"F8": builders.yearly(main=builders.PRICE)}, "Costs are more than income in 5 of five"),
        ({"F8": builders.yearly(main=builders.PRICE)}, "100.0% of the income"),
        ({"F11_closing": builders.years(*[9] * 5)}, "would pay the costs for 0 days"),
        (
            {"F9": builders.MONEY["F9"] | builders.yearly(contingency=1)},
            "less than 2% of the other",
        ),
    ],
)
def test_each_classic_error_is_told_with_its_figures(client, draft, changes, warned):
    keep(draft, builders.MONEY | changes)
    assert warned in client.get(address("money_result", draft)).content.decode()


def test_the_page_of_costs_warns_of_too_little_contingency(client, draft):
    warned = "the contingency is less than 2% of the other costs"
    assert warned not in flat(client.get(page_of(draft, "costs")))
    costs = builders.MONEY["F9"] | builders.yearly(contingency=1)
    keep(draft, builders.MONEY | {"F9": costs})
    assert warned in flat(client.get(page_of(draft, "costs")))
    keep(draft, builders.MONEY | {"F9": costs | {"pay_1": "x"}})
    assert warned not in flat(client.get(page_of(draft, "costs")))


def test_without_the_mutuals_own_books_the_saving_stands_and_the_rest_is_asked_for(client, draft):
    keep(draft, builders.MONEY | {"F9": {}})
    page = client.get(address("money_result", draft))

    assert "£453,915" in flat(page)
    assert "Enter its income, costs and cash to see." in flat(page)
    assert f'href="{page_of(draft, "costs")}"' in page.content.decode()
    keep(draft, {})
    untouched = client.get(address("money_result", draft))
    assert "Enter years 1 to 5 to see a result." in flat(untouched)
    assert "See what you promise" in flat(page)
    assert "See what you promise" not in flat(untouched)


def test_answers_from_before_the_grids_read_show_and_come_to_the_same(db):
    scheme = load()
    found = result_words(OLD, scheme)

    assert (found["saving"].net, found["figures"].baseline) == (45_391_500, 240_000_000)
    assert "survival" not in found
    ((_about, blocks),) = groups_of({"money": OLD})
    tables = {block["name"]: block["table"] for block in blocks if "table" in block}
    assert [cell for _head, cell in tables["F5"].rows[0]] == [
        *("Contract price", "£2,300,000", "£2,200,000", "£2,110,000", "£2,040,000", "£1,980,000"),
        "£10,630,000",
    ]
    assert ("Not split into lines", "£2,400,000") in [
        (row[0][1], row[1][1]) for row in tables["F3"].rows
    ]
    assert isinstance(tables["F7"], Table)
    forms = progress_of(MONEY, OLD).forms
    assert {page.key for page, form in forms if form.is_valid()} == {"figures"}


def test_an_old_draft_is_shown_on_its_page_and_saved_anew_without_loss(client, draft, people):
    keep(draft, OLD)
    page = client.get(page_of(draft, "figures"))
    shown = dict(re.findall(r'name="(F\d\w+)"[^>]*value="([^"]*)"', page.content.decode()))
    assert shown["F5_3"] == "2,110,000"
    assert shown["F7_whole"] == "90,000"

    saved = client.post(page_of(draft, "figures"), {**shown, "seen": page.context["mark"]})

    assert saved.status_code == 302
    kept = Section.objects.get(proposal=draft, key="money").answers
    assert kept["F5"] == builders.MONEY["F5"]
    assert reading.figures(read(kept)) == reading.figures(read(OLD))


def test_two_versions_from_before_the_grids_are_compared_box_by_box(db):
    load()
    ((topic_difference),) = differing.between(
        {"money": OLD}, {"money": OLD | {"F5_2": "2,250,000"}}
    )
    (one,) = topic_difference.short
    assert (str(one.label), one.figures) == ("Contract price, year 2", "£50,000 more")
    assert differing.between({"money": OLD}, {"money": OLD | {"F5": builders.MONEY["F5"]}}) == []


def test_each_page_says_who_changed_it_last_and_leads_to_what_it_was(
    client, draft, people, django_assert_max_num_queries
):
    assert "Who changed this page last" not in flat(client.get(page_of(draft, "income")))
    client.force_login(people.lead)
    client.post(page_of(draft, "income"), sent(draft, "income", F8_fees_1="1"))
    client.post(page_of(draft, "costs"), sent(draft, "costs", F9_pay_1="2"))
    client.force_login(people.editor)
    client.post(page_of(draft, "income"), sent(draft, "income", F8_fees_1="3"))

    with django_assert_max_num_queries(12):
        income = client.get(page_of(draft, "income"))
    assert f"Who changed this page last {people.editor}, " in flat(income)
    assert f'href="{address("change", draft, 3)}"' in income.content.decode()
    assert f"Who changed this page last {people.lead}, " in flat(
        client.get(page_of(draft, "costs"))
    )
    assert "Who changed this page last" not in flat(client.get(page_of(draft, "cash")))
    # What is changed back in one sitting is no change; the one before it stands.
    client.post(page_of(draft, "income"), sent(draft, "income", F8_fees_1="1"))
    back = client.get(page_of(draft, "income"))
    assert f"Who changed this page last {people.lead}, " in flat(back)


def test_a_change_of_a_grid_can_be_taken_back(draft, people):
    page = MONEY.page("income")
    section = Section.objects.get(proposal=draft, key="money")
    form = page.form(data={"F8": {"main_1": "1"}})
    seen = mark_of(section.answers, page)
    actions.save_page(draft, MONEY, page, form, seen=seen, by=people.lead)
    changed = Section.objects.get(proposal=draft, key="money").answers
    assert changed["F8"] == {"main_1": "1"}

    actions.restore(Change.objects.get(), MONEY, page, seen=mark_of(changed, page), by=people.lead)

    assert Section.objects.get(proposal=draft, key="money").answers["F8"] == builders.MONEY["F8"]


@pytest.mark.parametrize("text", ["\x00", "<script>", "\u202e12", "9" * 5000, "%s %(x)s"])
def test_odd_letters_in_a_box_are_kept_said_and_shown_harmlessly(client, draft, text):
    page = client.post(page_of(draft, "income"), sent(draft, "income", F8_main_1=text))

    assert page.status_code in (200, 302)
    again = client.get(page_of(draft, "income"))
    assert "<script>" not in again.content.decode().partition("<main")[2]
    assert client.get(address("money_result", draft)).status_code == 200
    assert client.get(address("answers", draft)).status_code == 200


@pytest.mark.parametrize(
    ("name", "most"), [("money", 12), ("money_costs", 12), ("money_result", 8)]
)
def test_pages_cost_few_queries(client, draft, name, most, django_assert_max_num_queries):
    client.get(address(name, draft))
    with django_assert_max_num_queries(most):
        assert client.get(address(name, draft)).status_code == 200


def test_years_are_named_only_after_a_base_year_that_is_offered():
    assert year_names("2024")[0] == "2025 to 2026"
    assert year_names("1066") == year_names("") == [""] * 5


def test_a_result_that_cannot_be_is_left_out_and_saving_nothing_is_said():
    nothing = Books(income={}, costs={}, lowest=0, closing=(0,) * 5)
    titles = [each.title for each in meanings.of_books(nothing, survival(nothing))]
    assert titles == ["Surplus", "Cash low point"]

    free = Figures(0, (0,) * 5, (0,) * 5, (0,) * 5, 0)
    found = meanings.of_saving(free, savings(free, Decimal("0.035")), Decimal("0.035"))
    assert [each.title for each in found] == [
        *("Gross saving", "Net saving", "Present value", "Payback"),
    ]
    assert "the public would pay the same as if the service stayed" in found[1].sentence
