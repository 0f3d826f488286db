"""The letters of a decision: what each says, to whom, when, and what never stands in it."""

import io
from dataclasses import replace
from types import SimpleNamespace

import pypdf
import pytest
from django.core import mail
from django.urls import reverse

from activity import delivery
from activity.models import Notification
from proposals.decision import actions as decision
from proposals.decision.letters.criteria import criterion_of
from proposals.decision.letters.matter import matter_of, money
from proposals.decision.models import Condition, Outcome, Reason, Recommendation
from proposals.draft.models import ReasonCode, Status
from tests.factories import somebody
from tests.proposals import builders, officials
from tests.proposals.test_pdf import HOSTILE

# What the team's letter of a refusal says, and names of the team: nothing of it is the employer's.
TEAMS_OWN = (
    "shared rotas",
    "The calculation of 3 March",
    "Lower the price",
    "RC-S01",
    "Canary",
    "Ngozi",
    "Adeyemi",
    "Reyes",
)


@pytest.fixture
def people(stored, scheme):
    return stored(builders.canaries)


def released(proposal, staff):
    decision.release(proposal=proposal, seen=proposal.revision, by=staff.decider)
    return builders.again(proposal)


@pytest.fixture
def refused(stored, people, staff):
    return stored(builders.proposal_at, Status.REJECTED, people, staff)


@pytest.fixture
def conditional(stored, people, staff):
    return stored(builders.proposal_at, Status.APPROVED_WITH_CONDITIONS, people, staff)


def address(name, proposal):
    return reverse(f"proposals:{name}", args=[proposal.reference])


def official(client, proposal, *, proved=True):
    """The address under which an official's browser has their pages."""
    client.logout()
    return officials.opened(client, officials.live(proposal), proved=proved)


def read(client, where):
    page = client.get(where)
    assert page.status_code == 200, where
    return page.content.decode()


def text_of(response):
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("status", [Status.DECIDED, Status.COUNTERSIGNED])
def test_no_letter_leaves_before_its_release(stored, client, people, staff, status):
    case = stored(builders.proposal_at, status, people, staff, Outcome.REJECTED)
    client.force_login(people.lead)
    for name in ("letter", "letter_pdf"):
        assert client.get(address(name, case)).status_code == 404
    path = official(client, case)
    for page in ("letter/", "letter/letter.pdf"):
        assert client.get(path + page).status_code == 404
    assert "Read the letter" not in read(client, path)


def test_strangers_find_no_letter_and_a_link_alone_opens_none(client, refused):
    client.force_login(somebody())
    for name in ("letter", "letter_pdf", "case_letter"):
        assert client.get(address(name, refused)).status_code == 404
    path = official(client, refused, proved=False)
    assert "There is a decision on this proposal" in read(client, path)
    for page in ("letter/", "letter/letter.pdf"):
        asked = client.get(path + page)
        assert asked.status_code == 302
        assert asked.url.endswith("/code/")


def test_a_link_that_was_passed_on_opens_no_letter(client, refused):
    asked = officials.live(refused)
    path = official(client, refused)
    type(asked).objects.update(ended_at=refused.status_at, ended_because="replaced")
    assert client.get(f"{path}letter/").status_code == 404


@pytest.mark.parametrize("outcome", Outcome)
def test_the_employers_letter_tells_nothing_that_is_the_teams(
    stored, client, people, staff, outcome
):
    case = stored(builders.proposal_at, Status.DECIDED, people, staff, outcome)
    released(case, staff)
    path = official(client, case)

    texts = [read(client, f"{path}letter/"), text_of(client.get(f"{path}letter/letter.pdf"))]

    for text in texts:
        assert [each for each in TEAMS_OWN if each in text] == []
        for kept_apart in (staff.reviewer.name, staff.countersigner.name, "recommendation"):
            assert kept_apart not in text
        assert case.title in text
        assert f"{officials.POST}, {case.employer}" in text.replace("&#x27;", "'")
        assert staff.decider.name in text
        assert "version 1 of the scheme" in text
        asks = outcome != Outcome.REJECTED
        assert ("ask you to accept it" in text) is asks
        assert ("Nothing is asked of you now." in text) is not asks
        assert ("What the staff promise" in text) is asks
        assert ("Appoint a finance lead." in text) is (outcome == "approved-with-conditions")


def test_an_official_is_told_that_there_is_a_decision_and_not_which(
    settings, client, people, staff, stored
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    case = stored(builders.proposal_at, Status.DECIDED, people, staff, Outcome.REJECTED)
    Notification.objects.all().delete()
    released(case, staff)
    Notification.objects.exclude(kind="employer.decided").delete()
    delivery.deliver_waiting()

    [sent] = mail.outbox
    assert sent.to == [officials.live(case).address]
    assert sent.subject == "There is a decision on a staff proposal"
    for told in (case.title, case.reference, "not approve", "reject", "Canary"):
        assert told not in sent.body
    page = read(client, official(client, case))
    assert "Read the letter" in page
    assert "not approved" not in page


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (
            Status.REJECTED,
            (
                "We cannot approve your proposal as it stands",
                "What is good about it",
                "The plan for shared rotas is clear.",
                "The plan does not save public money",
                "Savings: it costs the public less",
                "The calculation of 3 March.",
                "Lower the price by £4,218 a year.",
                "RC-S01",
                "The advice line goes through each of the points",
                "You can ask for a review until",
                "there is no wait",
                "Without such changes you can submit it again from",
                "version 1 of the scheme, which has been in force since",
            ),
        ),
        (
            Status.APPROVED_WITH_CONDITIONS,
            (
                "Your proposal is found suitable, with conditions",
                "The plan for shared rotas is clear.",
                "Appoint a finance lead.",
                "The team lead",
                "31 January 2099",
                "A signed contract.",
                "What you promised",
                "What comes next",
                "People who run a mutual already can be your mentors",
                "You can ask for a review until",
            ),
        ),
    ],
)
def test_the_teams_letter_says_all_that_a_letter_must_on_page_and_paper(
    stored, client, people, staff, status, says
):
    case = stored(builders.proposal_at, status, people, staff)
    client.force_login(people.viewer)

    page = read(client, address("letter", case))
    paper = client.get(address("letter_pdf", case))

    for text in (page, text_of(paper)):
        for said in (*says, staff.decider.name):
            assert said in text, said
        assert staff.reviewer.name not in text
    assert paper["Cache-Control"] == "no-store"
    assert f"{case.reference}-letter.pdf" in paper["Content-Disposition"]


def test_an_approval_gives_no_day_for_a_review_and_no_reasons(stored, client, people, staff):
    case = stored(builders.proposal_at, Status.APPROVED, people, staff)
    client.force_login(people.lead)

    page = read(client, address("letter", case))

    assert "Your proposal is found suitable" in page
    for left_out in ("ask for a review", "What would change", "submit it again", "condition"):
        assert left_out not in page


def test_paper_can_be_read_aloud_and_is_the_same_each_time(client, people, refused):
    client.force_login(people.lead)

    first, second = [client.get(address("letter_pdf", refused)).content for _ in range(2)]

    assert first == second
    reader = pypdf.PdfReader(io.BytesIO(first))
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.metadata.title == "We cannot approve your proposal as it stands"


def test_what_officials_typed_stays_text_on_page_and_paper(client, people, refused):
    Recommendation.objects.update(good=f"<b>good</b> 中 {HOSTILE}")
    Reason.objects.update(evidence="<script>alert(1)</script>\nLine two", remedy="x" * 5_000)
    client.force_login(people.lead)

    page = read(client, address("letter", refused))
    paper = text_of(client.get(address("letter_pdf", refused)))

    assert "<script>alert(1)" not in page
    assert "&lt;b&gt;good" in page
    assert " ".join(HOSTILE.split()) in paper
    assert "[U+4E2D]" in paper
    assert "stand as their numbers" in paper


def test_officials_see_both_letters_before_they_go(stored, client, people, staff):
    case = stored(builders.proposal_at, Status.DECIDED, people, staff, Outcome.REJECTED)
    client.force_login(staff.fourth)
    where = address("case_letter", case)

    teams, employers = read(client, where), read(client, f"{where}?to=employer")

    assert "A preview of the letter to the team. Nobody outside has seen it." in teams
    assert "The day on which it is released" in teams
    assert "within 20 working days" in teams
    assert "submit it again after 6 months" in teams
    assert "A preview of the letter to the employer." in employers
    assert "A proposal of your staff is not approved" in employers
    assert "The calculation of 3 March." in teams
    assert "The calculation of 3 March." not in employers
    # A link of the team's would lead an official nowhere.
    assert address("messages", case) not in teams
    assert "Write to us" in teams
    released(case, staff)
    assert "As the team reads it." in read(client, where)
    assert "As the employer reads it." in read(client, f"{where}?to=employer")


def test_a_preview_names_nobody_before_there_is_a_decision(stored, client, people, staff):
    case = stored(builders.proposal_at, Status.RECOMMENDED, people, staff)
    client.force_login(staff.reviewer)

    page = read(client, address("case_letter", case))

    assert "The decision maker, once there is a decision" in page
    assert "made the decision" not in page


def test_a_condition_names_nobody_of_the_team(stored, client, people, staff):
    case = stored(builders.proposal_at, Status.ASSESSING, people, staff)
    case = stored(builders.to_recommend, case, staff)
    client.force_login(staff.reviewer)
    condition = {
        "text": "Appoint a finance lead.",
        "owner": "The team lead",
        "due_on-day": "31",
        "due_on-month": "1",
        "due_on-year": "2099",
        "evidence": "A contract.",
    }
    typed = {f"conditions-0-{key}": text for key, text in condition.items()}
    for rows in ("reasons", "conditions"):
        typed |= {f"{rows}-TOTAL_FORMS": "3", f"{rows}-INITIAL_FORMS": "0"}
    typed |= {"outcome": "approved-with-conditions", "good": "The rotas.", "heard": "answered"}
    typed["seen"] = case.revision

    names = {"text": "canary  EDITOR", "owner": "Ngozi Adeyemi", "evidence": "Tom Reyes"}
    for box, name in names.items():
        page = client.post(
            address("recommend", case), typed | {f"conditions-0-{box}": f"Ask {name} for it."}
        )
        assert "the employer reads this. Name the post" in page.content.decode(), box
        assert not Condition.objects.exists()
    assert client.post(address("recommend", case), typed).status_code == 302
    assert Condition.objects.get().owner == "The team lead"


@pytest.mark.parametrize(
    ("saving", "said"),
    [
        (SimpleNamespace(passes=False, net=-421_800), "costs the public £4,218 more"),
        (SimpleNamespace(passes=True, net=421_800), "saves the public £4,218"),
        (None, ""),
    ],
)
def test_the_money_is_said_either_way_and_not_where_figures_are_missing(refused, saving, said):
    advice = Recommendation.objects.get()
    matter = replace(matter_of(refused, advice, None), money={"saving": saving})

    [told] = [part.said[0].words for part in money(matter)] or [""]

    assert said in told
    assert bool(told) is bool(saving)


def test_every_reason_belongs_to_a_test(scheme):
    codes = ReasonCode.objects.values_list("code", flat=True)

    assert [code for code in codes if not criterion_of(code)] == []
    assert criterion_of("RC-M01") != criterion_of("RC-M02")
    assert criterion_of("RC-Z01") == ""


def test_a_letter_says_how_far_the_employer_was_heard(client, people, refused):
    Recommendation.objects.update(heard="silent")
    client.force_login(people.lead)
    assert "had not answered when we judged it" in read(client, address("letter", refused))
    path = official(client, refused)
    assert "Your organisation was asked and had not answered" in read(client, f"{path}letter/")
