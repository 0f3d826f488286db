"""What each question takes and refuses: its own rule, the sums, and when it is needed."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from activity.dates import DatePartsField
from proposals.draft import areas
from proposals.draft import asking as ask
from proposals.draft.codes import departments
from proposals.draft.completeness import Progress, progress_of
from proposals.draft.numbers import RegisteredNumber, ServiceCodeField
from proposals.draft.questions import Stage, in_words, topic, topics
from proposals.draft.topics.model import MembersForm
from proposals.draft.topics.workforce import headcount_differs
from tests.proposals import builders

# As the guide's chapter 3 numbers them; C4 is the employer's, M5 is worked out, U7 is the ballot's.
ASKED = {
    "service": [f"S{n}" for n in range(1, 15)],
    "team": [f"T{n}" for n in range(1, 9)],
    "staff": ["U1", "U2", "U3", "U4", "U5", "U6", "U8", "U9", "U10"],
    "employer": ["C1", "C2", "C3", "C5", "C6", "C7"],
    "model": ["M1", "M2", "M3", "M4", *(f"M{n}" for n in range(6, 13))],
    "quality": [f"Q{n}" for n in range(1, 8)],
    "money": ["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F11", "F13", "F15"],
    "workforce": [f"W{n}" for n in range(1, 12)],
    "assets": [f"A{n}" for n in range(1, 10)],
    "award": [f"P{n}" for n in range(1, 9)],
    "support": ["R", "H1", "H2", "H3", "H4", "H5", "D1"],
}
# Needed before people sign: all others before it is submitted.
EARLY = [
    "S1",
    "S2",
    "S3",
    "S4",
    "S5",
    "S6",
    "S7",
    "S8",
    "S9",
    "S10",
    "S12",
    "T1",
    "T2",
    "T3",
    "T4",
    "U1",
    "U2",
    "U3",
    "U4",
    "C1",
    "C2",
    "M1",
    "M3",
]


def refused(about, page, answers, *, complete=True):
    """The sentences that a page says of these answers."""
    form = topic(about).page(page).form(data=answers, complete=complete)
    return [text for problem in form.problems() for text in problem.messages]


def answered(about, **changes):
    return builders.ANSWERED[about] | changes


def test_eleven_topics_ask_every_question_in_order():
    assert list(ASKED) == [about.key for about in topics()]
    for about in topics():
        ids = {
            name.partition("_")[0]: None for page in about.pages for name in page.form.base_fields
        }
        assert sorted(ids) == sorted(ASKED[about.key])


def test_each_question_is_needed_at_its_stage():
    early = {
        name.partition("_")[0]
        for about in topics()
        for page in about.pages
        for name in page.form.base_fields
        if page.form.stage == Stage.SIGN
    }
    assert early == set(EARLY)


@pytest.mark.parametrize("about", [key for key in ASKED if key not in ("service", "money")])
def test_each_section_is_complete_as_answered_and_counts_what_was(about):
    progress = progress_of(topic(about), builders.ANSWERED[about])
    assert progress.progress == Progress.COMPLETE
    done, total = progress.questions
    assert done == total
    assert total in (len(ASKED[about]), len(ASKED[about]) - 1)
    assert progress_of(topic(about), {}).questions[0] == 0


SUMS = [
    (
        "model",
        "members",
        {"M4": [{**builders.ANSWERED["model"]["M4"][0], "votes": "90"}]},
        "The votes add up to 90, not to 100",
    ),
    (
        "model",
        "members",
        {"M4": [{**builders.ANSWERED["model"]["M4"][0], "kind": "users"}]},
        "Employees must hold votes: enter a group of employees",
    ),
    (
        "model",
        "members",
        {"M4": [{**builders.ANSWERED["model"]["M4"][0], "seats": "2"}]},
        "There must be at least 3 seats on the board; you entered 2",
    ),
    ("model", "surplus", {"M8_staff": "10.5"}, "The three shares add up to 110.5, not to 100"),
    ("model", "board", {"M9_staff": "7"}, "The seats add up to 9; you said 5 on the board"),
    ("staff", "staff", {"U2_stay": "9"}, "The four numbers add up to 98; you said 94 staff"),
    (
        "workforce",
        "groups",
        {"W1": [{"group": "A", "headcount": "3", "fte": "4", "pay": "1"}]},
        "Row 1: full-time equivalent (4) cannot be more than headcount (3)",
    ),
    (
        "workforce",
        "dates",
        {"W10_transfer": builders.DAY},
        "Staff must move at least 28 days after consultation begins",
    ),
    ("support", "risks", {"R": [builders.RISK] * 4}, "Enter at least 5 risks; there are 4 so far"),
    (
        "support",
        "risks",
        {"R": [builders.RISK] * 4 + [builders.RISK | {"likelihood": "5", "impact": "3"}]},
        "Row 5: say what you will do: 15 is a high risk",
    ),
    (
        "team",
        "people",
        {"T3_lead": "no"},
        "At least 2 of you must be employed in this service now; you said 1",
    ),
    (
        "support",
        "help",
        {"H1": ["law", "none"]},
        "Choose what you want help with, or none, but not both",
    ),
    (
        "service",
        "regulators",
        {"S13": ["cqc", "none"]},
        "Choose who inspects the service, or none, but not both",
    ),
    (
        "workforce",
        "routes",
        {"W2": [{"group": "A", "route": "secondment", "length": "", "after": ""}]},
        "Row 1: enter how long the secondment would be",
    ),
]


@pytest.mark.parametrize(("about", "page", "changes", "said"), SUMS)
def test_what_does_not_agree_is_said_with_its_numbers(about, page, changes, said):
    assert said in refused(about, page, answered(about, **changes))


WRONG = [
    ("team", "lead", {"T1_email": "ngozi"}, "Enter an e-mail address like name@example.org"),
    ("team", "lead", {"T1_phone": "12"}, "Enter a UK telephone number, like 0116 496 0000"),
    ("team", "time", {"T8": "yes", "T8_hours": "41"}, "Enter 40 or less"),
    ("team", "time", {"T8": "yes", "T8_hours": "7.255"}, "Enter a number with at most 2 decimals"),
    ("team", "time", {"T8": "yes", "T8_hours": "some"}, "Enter a number, like 7.5"),
    ("service", "places", {"S7": [{"area": "Lecester"}]}, "Row 1: check “Lecester”: did you mean Leicester?"),
    ("service", "places", {"S7": [{"area": "Narnia"}]}, "Row 1: enter a council area or a nation. We do not know “Narnia”."),
    ("service", "places", {"S8": [{"postcode": "LE1", "what": ""}]}, "Row 1: enter a whole postcode, like SN1 2JG"),
    ("staff", "talks", {"U3": [{"date": "3/3/2999", "method": "meeting", "number": "1", "summary": "x"}]}, "Row 1: the date cannot be in the future"),
    ("staff", "evidence", {"U6": "ballot", "U8": "Yes or no?"}, "Your answer is 3 words. Write at least 10."),
    ("employer", "told", {"C1": "yes", "C1_on": {"day": "3", "month": "3", "year": "2999"}, "C1_who": "x", "C1_answer": "open"}, "The date cannot be in the future"),
    ("employer", "length", {"C6": "11"}, "Enter 10 or less"),
    ("model", "registered", {"M11": "yes", "M11_register": "company", "M11_number": "ABC"}, "Enter a company number of 8 letters and digits, like 01234567 or SC123456"),
    ("award", "value", {"P2": [{"code": "85000000", "what": ""}]}, "Row 1: enter eight digits, a hyphen and a check digit, like 85000000-9"),
    ("model", "surplus", {"M8_staff": "101"}, "Enter 100 or less"),
]  # fmt: skip


@pytest.mark.parametrize(("about", "page", "changes", "said"), WRONG)
def test_what_cannot_be_read_says_how_to_put_it_right(about, page, changes, said):
    answers = answered(about, **changes)
    assert refused(about, page, answers) == [said]
    if "Write at least" not in said:
        assert progress_of(topic(about), answers).progress == Progress.NEEDS_ATTENTION


REVEALED = [
    ("service", "duty", {"S11": "yes"}, ["S11_act"]),
    ("service", "regulators", {"S13": ["other"]}, ["S13_other"]),
    ("service", "under-way", {"S12": "tendered"}, ["S12_details"]),
    ("team", "chief", {"T5": "named"}, ["T5_name"]),
    ("team", "sponsor", {"T6": "yes"}, ["T6_name"]),
    ("staff", "unions", {"U5": "yes"}, ["U5_said"]),
    ("staff", "evidence", {"U6": "survey"}, ["U8"]),
    ("employer", "told", {"C1": "yes"}, ["C1_on", "C1_who", "C1_answer"]),
    ("model", "lock", {"M7": "none"}, ["M7_why"]),
    ("model", "investors", {"M6": "yes"}, ["M6_who"]),
    ("assets", "buildings", {"A1": "yes"}, ["A1_list"]),
    ("award", "agreed", {"P5": "signed"}, ["P5_amount", "P5_on"]),
    ("award", "subsidy", {"P7": "yes"}, ["P7_what", "P7_total"]),
    ("support", "money", {"H2": "500"}, ["H2_purpose"]),
    ("support", "mentor", {"H4": "yes"}, ["H4_size", "H4_region", "H4_days"]),
]  # fmt: skip


@pytest.mark.parametrize(("about", "page", "changes", "needed"), REVEALED)
def test_some_answers_ask_for_more_and_others_do_not(about, page, changes, needed):
    form = topic(about).page(page).form(data=answered(about, **changes), complete=True)
    assert list(form.errors) == needed
    assert form.has_gaps_only()
    draft = topic(about).page(page).form(data=answered(about, **changes))
    assert draft.is_valid()


def test_what_is_wrong_in_a_question_that_is_not_asked_any_more_stands_in_no_way():
    answers = answered("team", T8="no", T8_hours="lots")
    assert refused("team", "time", answers) == []
    assert progress_of(topic("team"), answers).progress == Progress.COMPLETE


def test_staff_may_be_asked_after_signing_and_not_after_submitting():
    form = topic("staff").page("support").form(data={"U4": "not-asked"}, complete=True)
    assert form.stands(Stage.SIGN)
    assert not form.stands(Stage.SUBMIT)
    assert form.has_gaps_only()


def test_a_later_page_may_be_empty_while_people_sign_but_not_wrong():
    page = topic("employer").page("length").form
    assert page(data={}, complete=True).stands(Stage.SIGN)
    assert not page(data={}, complete=True).stands(Stage.SUBMIT)
    assert not page(data={"C6": "many"}, complete=True).stands(Stage.SIGN)


def test_the_groups_of_staff_make_the_headcount():
    groups = [{"group": "A", "headcount": "40", "fte": "40", "pay": "1"}]
    typed = {"staff": {"U1_headcount": "1,094"}, "workforce": answered("workforce", W1=groups)}
    said = "The groups add up to 40 people; under “Staff support” you said 1094"

    assert headcount_differs(typed) == said
    progress = progress_of(topic("workforce"), typed["workforce"], typed)
    assert progress.progress == Progress.NEEDS_ATTENTION
    assert progress.reason == said
    assert [page.key for page in progress.open_at(Stage.SUBMIT)] == ["groups"]
    assert progress.open_at(Stage.SIGN) == ()
    for changed in ({"staff": {}}, {"workforce": {}}, {"staff": {"U1_headcount": "x"}}):
        assert headcount_differs(typed | changed) == ""
    wrong = [{**groups[0], "headcount": "x"}]
    assert headcount_differs(typed | {"workforce": {"W1": wrong}}) == ""


NOTES = [
    ("model", "members", {}, ["Employees would hold 100 per cent of the votes."]),
    ("model", "members", {"M4": [{**builders.ANSWERED["model"]["M4"][0], "votes": "40"}, {**builders.ANSWERED["model"]["M4"][0], "kind": "users", "votes": "60"}]}, ["Employees would hold 40 per cent of the votes.", "That is less than half. A reviewer will ask who controls the mutual."]),
    ("model", "members", {"M4": []}, []),
    ("model", "members", {"M4": [{"kind": "employees", "votes": "x"}]}, []),
    ("model", "investors", {"M6": "yes"}, ["A reviewer will look at this: a mutual for the community has no outside shareholders."]),
    ("model", "board", {"M9_independent": "0"}, ["At least one independent member of the board is a good rule."]),
    ("model", "board", {}, []),
    ("staff", "evidence", {}, ["With 94 staff, a secret ballot is the better evidence."]),
    ("staff", "evidence", {"U6": "ballot"}, []),
    ("staff", "evidence", {"U1_headcount": "12"}, []),
    ("team", "skills", {"T4_law": "0"}, ["Nobody has these skills yet: Law. You can ask for help with them."]),
    ("team", "skills", {}, []),
    ("support", "risks", {"R": [builders.RISK | {"likelihood": "5", "impact": "5", "action": "x", "date": "1/1/2040"}]}, ["1 of these is a high risk: row 1, with 25."]),
    ("support", "risks", {}, []),
    ("employer", "data", {}, []),
    ("employer", "data", {"C5": [{"what": "x"}]}, []),
]  # fmt: skip


@pytest.mark.parametrize(("about", "page", "changes", "notes"), NOTES)
def test_what_follows_from_answers_is_noted_and_blocks_nothing(about, page, changes, notes):
    form = topic(about).page(page).form(data=answered(about, **changes))
    form.is_valid()
    assert form.notes() == notes


def test_days_of_waiting_are_counted():
    rows = [{"what": "budgets", "asked": "1/1/2020", "received": ""}]
    form = topic("employer").page("data").form(data={"C5": rows})
    assert form.is_valid()
    [note] = form.notes()
    assert note.startswith("You wait for 1 of these, for ")


def test_a_share_of_less_than_half_says_so_without_an_error():
    row = builders.ANSWERED["model"]["M4"][0]
    few = [row | {"votes": "40"}, row | {"kind": "users", "votes": "60"}]
    assert MembersForm(data={"M4": few}, complete=True).is_valid()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Leicester", "Leicester"),
        ("  leicester city council ", "Leicester"),
        ("E06000016", "Leicester"),
        ("e92000001", "England"),
        ("the London Borough of Camden", "Camden"),
        ("Bath & North East Somerset", "Bath and North East Somerset"),
        ("City of London", "City of London"),
        ("E99999999", None),
        ("", None),
    ],
)
def test_areas_are_found_as_people_name_them(typed, name):
    assert areas.find(typed) == name


def test_every_area_is_found_by_its_own_name_and_code():
    known = areas.areas()
    assert len(known) == len(set(known.values())) == 386
    assert known["Greenwich"] == "E09000011"
    assert known["Cambridge"] == "E07000008"
    for name, code in known.items():
        assert areas.CODE.fullmatch(code)
        assert areas.find(name) == areas.find(code) == name


@pytest.mark.parametrize(
    ("register", "typed", "number"),
    [
        ("company", "1234567", "01234567"),
        ("company", "sc 123456", "SC123456"),
        ("company", "R1234567", "R1234567"),
        ("society", "12345r", "12345R"),
        ("society", "IP12345R", "IP12345R"),
        ("charity", "1123456-1", "1123456-1"),
        ("charity", "SC012345", "SC012345"),
    ],
)
def test_numbers_in_registers_have_the_form_of_their_register(register, typed, number):
    assert RegisteredNumber.of(register, RegisteredNumber().clean(typed)) == number
    form = (
        topic("model")
        .page("registered")
        .form(data={"M11": "yes", "M11_register": register, "M11_number": typed}, complete=True)
    )
    assert form.is_valid()
    assert form.cleaned_data["M11_number"] == number


@pytest.mark.parametrize(
    ("field", "typed", "read"),
    [
        (ask.PostcodeField(), " le11nn", "LE1 1NN"),
        (ask.PostcodeField(required=False), "", ""),
        (ask.PhoneField(), "+44 (0)116 496 0000", "+44 (0)116 496 0000"),
        (ask.PhoneField(required=False), "", ""),
        (ask.NumberField(), "1,200.50", Decimal("1200.50")),
        (ask.NumberField(), "25%", Decimal(25)),
        (ask.NumberField(required=False), " ", None),
        (ServiceCodeField(), "85000000-9", "85000000-9"),
        (ServiceCodeField(required=False), "", ""),
    ],
)
def test_what_people_type_is_read(field, typed, read):
    assert field.clean(typed) == read


@pytest.mark.parametrize("typed", ["NaN", "-1", "1e5", "½", "٣", "1,2"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValidationError):
        ask.NumberField().clean(typed)


def test_a_number_has_a_least(db):
    with pytest.raises(ValidationError, match="Enter 5 or more"):
        ask.NumberField(least="5").clean("4")


def test_departments_are_those_of_the_day(db):
    keys = [key for key, _name in departments()]
    assert "dhsc" in keys
    assert "department-of-health" not in keys


def test_an_optional_question_says_so_and_is_not_counted_until_it_is_answered():
    form = topic("award").page("value").form(data={}, complete=True)
    assert form.fields["P2"].label == "Which service codes describe it? (optional)"
    typed = answered("award", P2=[{"code": "85000000-9", "what": ""}])
    assert progress_of(topic("award"), typed).questions == (8, 8)
    assert progress_of(topic("award"), answered("award")).questions == (7, 7)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"day": "2", "month": "2", "year": "2026"}, "2 February 2026"),
        ({"day": "2 Feb 2026", "month": "", "year": ""}, "2 February 2026"),
        ({"day": "31", "month": "2", "year": "2026"}, "31 2 2026"),
        ({"day": "", "month": "", "year": "2026"}, "2026"),
    ],
)
def test_a_date_is_shown_in_words_and_what_is_none_as_it_was_typed(typed, words):
    assert in_words(DatePartsField(), typed) == words
