"""A service is found exempt by two people; before the second one, nobody outside learns of it."""

import datetime
import re

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Organisation, Role
from activity import clock, delivery
from activity.models import Event, Notification
from activity.workflow import MovedOn
from proposals import waiting
from proposals.decision.exempt import actions
from proposals.decision.exempt.tells import found_in
from proposals.draft.models import Exemption, ScopeRule, Status
from proposals.employer.models import EmployerInvitation
from proposals.lifecycle import LIFECYCLE
from proposals.review import actions as review
from tests.factories import somebody
from tests.proposals import builders, officials
from tests.proposals.test_pages import all_addresses

CANARY = "Canary barracks"
FROM = [Status.SUBMITTED, Status.ASSESSING]


@pytest.fixture
def case(stored, people, staff):
    return stored(builders.proposal_at, Status.SUBMITTED, people, staff)


def address(name, case):
    return reverse(f"proposals:{name}", args=[case.reference])


def in_days(days):
    return clock.today() + datetime.timedelta(days)


def typed(case, **changes):
    """What a decision maker fills in."""
    day = in_days(400)
    return {
        "seen": case.revision,
        "rule": "SC-EXEMPT",
        "area": "defence",
        "department": Organisation.objects.get(kind="department").slug,
        "why": f"{CANARY}: you nurse at a naval base.",
        "public_why": "Care within military bases.",
        "review_on-day": day.day,
        "review_on-month": day.month,
        "review_on-year": day.year,
    } | changes


@pytest.fixture
def department(db):
    return builders.OrganisationFactory(kind="department", name="Ministry of Canaries")


@pytest.mark.parametrize(
    ("who", "status"), [("reviewer", 403), ("lead", 404), ("viewer", 404), ("decider", 302)]
)
def test_a_decision_maker_of_the_case_proposes_and_nobody_else(
    client, people, staff, case, department, who, status
):
    client.force_login((vars(people) | vars(staff))[who])

    sent = client.post(address("exempt", case), typed(case))

    assert sent.status_code == status
    assert Exemption.objects.count() == (status == 302)
    assert builders.again(case).revision == case.revision


def test_who_declared_a_conflict_or_nothing_neither_proposes_nor_answers(client, case, staff):
    asked = builders.ask_exempt(case, staff.decider)
    both = (Role.REVIEWER, Role.DECISION_MAKER)
    silent, barred = somebody(*both), somebody(*both)
    review.declare(proposal=case, is_conflict=True, by=barred)
    for who in (silent, barred):
        for press in (
            lambda by: builders.ask_exempt(case, by),
            lambda by: builders.confirm_exempt(case, asked, by),
            lambda by: refuse(case, asked, by),
        ):
            with pytest.raises(PermissionDenied), transaction.atomic():
                press(who)
    client.force_login(barred)
    pages = [client.get(address(name, case)) for name in ("exempt", "confirm_exempt", "case")]
    assert [page.status_code for page in pages] == [404] * 3
    assert Exemption.objects.open().get() == asked


def refuse(case, asked, by, reason="It is not within the base."):
    seen = {"asked": asked.pk, "seen": case.revision}
    return actions.refuse_exempt(proposal=case, by=by, reason=reason, **seen)


def test_whoever_proposed_it_never_answers_it(client, case, staff):
    both = somebody(Role.REVIEWER, Role.DECISION_MAKER)
    builders.declare_none(case, both)
    asked = builders.ask_exempt(case, both)
    for press in (builders.confirm_exempt, refuse):
        with pytest.raises(PermissionDenied, match="You proposed it"), transaction.atomic():
            press(case, asked, both)
    client.force_login(both)
    page = client.get(address("confirm_exempt", case)).content.decode()
    assert "You proposed it. Another reviewer or decision maker answers." in page
    assert "Refuse it" not in page
    with pytest.raises(IntegrityError, match="exemption_confirmed_by_another"):
        Exemption.objects.update(confirmed_by=both, confirmed_at=clock.now(), appeal_by=in_days(9))


@pytest.mark.parametrize("status", [Status.DRAFT, Status.CHANGES_REQUESTED, Status.EXEMPT])
def test_it_is_proposed_of_what_is_submitted_or_assessed_alone(stored, people, staff, status):
    proposal = stored(builders.proposal_at, status, people, staff)
    with pytest.raises((MovedOn, PermissionDenied)):
        builders.ask_exempt(proposal, staff.fourth)


@pytest.fixture
def stopped():
    """The clock: a page says when one is signed out, to the minute."""
    with time_machine.travel(clock.now(), tick=False):
        yield


@pytest.mark.slow
@pytest.mark.usefixtures("stopped")
def test_nobody_outside_reads_of_it_before_it_is_confirmed(client, people, staff):
    case = officials.submitted(people, staff)
    Notification.objects.all().delete()
    client.force_login(people.lead)
    withdraw = client.get(address("withdraw", case)).content.decode()

    builders.ask_exempt(case, staff.countersigner, why=CANARY, public_why=CANARY)

    every = [
        *all_addresses(case),
        *map(reverse, ("start", "activity:inbox", "proposals:mine")),
        f"{reverse('search')}?q=canary",
        address("history", case),
    ]
    for each in every:
        words = client.get(each).content.decode()
        assert not re.search(r"canary |exempt", words, re.IGNORECASE), each
    assert not Notification.objects.exclude(kind="case.ask_exempt").exists()
    assert not Notification.objects.filter(user__in=vars(people).values()).exists()
    asked = officials.opened(client, officials.live(case))
    assert CANARY not in client.get(asked).content.decode()
    client.force_login(people.lead)  # else it is the browser of the official
    plain = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    after = client.get(address("withdraw", case)).content.decode()
    assert plain.sub("", after) == plain.sub("", withdraw)


@pytest.mark.parametrize("who", ["reviewer", "countersigner"])
def test_the_second_person_confirms_and_the_team_reads_why(client, people, staff, case, who):
    asked = builders.ask_exempt(case, staff.decider)
    Notification.objects.all().delete()
    second = getattr(staff, who)
    client.force_login(second)
    page = address("confirm_exempt", case)
    assert "You nurse at a naval base." in client.get(page).content.decode()

    done = client.post(page, {"seen": case.revision, "asked": asked.pk})

    assert done.url == address("case", case)
    asked.refresh_from_db()
    fresh = builders.again(case)
    assert (fresh.status, asked.confirmed_by) == (Status.EXEMPT, second)
    assert "This service is exempt" in client.get(done.url).content.decode()
    told = Notification.objects.filter(kind="proposal.decided")
    assert set(told.values_list("user", flat=True)) == {p.pk for p in vars(people).values()}
    event = Event.objects.of(case).last()
    assert (event.kind, event.data["rule"]) == ("proposal.confirm_exempt", "SC-EXEMPT")
    client.force_login(people.viewer)
    opened = client.post(reverse("activity:open", args=[told.get(user=people.viewer).pk]))
    assert opened.url == address("letter", case)
    letter = client.get(opened.url).content.decode()
    for said in (
        "Your service is in an area that the right does not cover now",
        "Defence.",
        "You nurse at a naval base.",
        "SC-EXEMPT",
        asked.rule.wording,
        str(asked.review_on.year),
        str(asked.appeal_by.day),
        "Start a proposal",
        staff.decider.name,
        "Care within military bases.",
    ):
        assert said in letter, said
    assert second.name not in letter
    where = client.get(address("proposal", case)).content.decode()
    assert "There is a decision" in where
    assert "It was found that the service is exempt" in where


def test_the_letter_waits_on_the_desk_of_the_team(people, staff, case):
    builders.confirm_exempt(case, builders.ask_exempt(case, staff.decider), staff.reviewer)
    item = next(waiting.for_anybody(people.viewer))
    assert (item.path, item.needed) == (address("letter", case), "Read the letter")


def test_the_official_of_the_employer_is_told_of_a_decision_and_reads_no_reason(
    client, people, staff, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    case = officials.submitted(people, staff)
    officials.answered(case)
    Notification.objects.all().delete()
    asked = builders.ask_exempt(case, staff.countersigner, why=CANARY, public_why=CANARY)
    builders.confirm_exempt(builders.again(case), asked, staff.reviewer)
    Notification.objects.exclude(kind="employer.decided").delete()

    with delivery.Post() as post:
        while delivery.deliver_next(post):
            pass

    [sent] = mail.outbox
    assert sent.subject == "There is a decision on a staff proposal"
    assert case.title not in sent.body
    assert case.reference not in sent.body
    live = EmployerInvitation.objects.live().get(proposal=case)
    page = client.get(officials.opened(client, live)).content.decode()
    assert "This service is exempt" in page
    for secret in (CANARY, people.lead.name, staff.countersigner.name):
        assert secret not in page


def test_an_employer_of_whom_nobody_is_asked_is_told_nothing(people, staff, case):
    builders.confirm_exempt(case, builders.ask_exempt(case, staff.decider), staff.reviewer)
    assert not Notification.objects.filter(kind="employer.decided").exists()


def test_the_others_of_the_case_are_told_and_led_to_the_answer(client, people, staff, case):
    Notification.objects.all().delete()
    builders.ask_exempt(case, staff.decider)
    told = Notification.objects.filter(kind="case.ask_exempt")
    others = {staff.reviewer.pk, staff.countersigner.pk, staff.fourth.pk}
    assert set(told.values_list("user", flat=True)) == others
    client.force_login(staff.reviewer)
    opened = client.post(reverse("activity:open", args=[told.get(user=staff.reviewer).pk]))
    assert opened.url == address("confirm_exempt", case)
    # The desk and the queue lead there too; not whoever proposed it.
    for who, waits in ((staff.reviewer, 1), (staff.fourth, 1), (staff.decider, 0)):
        desk = [each for each in waiting.for_anybody(who) if getattr(each, "needed", "")]
        found = [each for each in desk if each.needed == "Confirm or refuse an exemption"]
        assert len(found) == waits
        client.force_login(who)
        rows = client.get(f"{reverse('proposals:work')}?queue=exempt").context["page"].rows
        assert len(rows) == waits


def test_where_nobody_else_reads_the_case_all_who_may_are_told(people, staff, case):
    for who in (staff.reviewer, staff.countersigner, staff.fourth):
        review.declare(proposal=case, is_conflict=True, by=who)
    new = somebody(Role.REVIEWER)
    builders.ask_exempt(case, staff.decider)
    assert Notification.objects.get(kind="case.ask_exempt").user == new


def test_refused_with_a_reason_the_case_goes_on_and_it_may_be_proposed_anew(
    client, people, staff, case
):
    asked = builders.ask_exempt(case, staff.decider)
    client.force_login(staff.reviewer)
    page = address("confirm_exempt", case)
    no = {"seen": case.revision, "asked": asked.pk, "press": "refuse"}
    assert "Say why you refuse it" in client.post(page, no).content.decode()
    assert Exemption.objects.open().exists()

    done = client.post(page, no | {"reason": "Only a part is in the base."})

    assert done.url == address("case", case)
    asked.refresh_from_db()
    assert (asked.refused_by, asked.confirmed_by) == (staff.reviewer, None)
    assert (builders.again(case).status, case.notes.get().by) == (Status.SUBMITTED, staff.reviewer)
    told = Notification.objects.get(kind="case.refuse_exempt")
    client.force_login(staff.decider)
    read = client.post(reverse("activity:open", args=[told.pk]), follow=True).content.decode()
    assert "Only a part is in the base." in read
    assert "Refused that the service is exempt." in read
    # An answer is to what its page showed, also when somebody proposed it anew since.
    builders.ask_exempt(case, staff.decider)
    client.force_login(staff.fourth)
    assert client.post(page, no | {"reason": "No."}).status_code == 409
    assert client.post(page, no | {"press": ""}).status_code == 409
    assert Exemption.objects.open().count() == 1


def test_a_reason_typed_beside_a_yes_confirms_it(client, staff, case):
    asked = builders.ask_exempt(case, staff.decider)
    client.force_login(staff.fourth)
    yes = {"seen": case.revision, "asked": asked.pk, "reason": "x"}
    client.post(address("confirm_exempt", case), yes)
    assert builders.again(case).status == Status.EXEMPT
    assert not case.notes.exists()


def test_one_is_open_at_a_time_and_its_page_leads_to_the_answer(client, staff, case, department):
    asked = builders.ask_exempt(case, staff.decider, department=department)
    client.force_login(staff.fourth)
    assert client.get(address("exempt", case)).url == address("confirm_exempt", case)
    assert client.post(address("exempt", case), typed(case)).status_code == 409
    assert Exemption.objects.get() == asked


WAYS = {
    "withdraw": lambda case, people, staff: builders.withdraw(case, people),
    "return_incomplete": lambda case, people, staff: review.return_incomplete(
        proposal=case, missing="More.", seen=case.revision, by=staff.reviewer
    ),
    "ask_changes": lambda case, people, staff: builders.ask_changes(case, staff),
    "recommend": lambda case, people, staff: builders.recommend(case, staff),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_step_that_leads_elsewhere_makes_it_void(stored, client, people, staff, way):
    begins = Status.SUBMITTED if way == "return_incomplete" else Status.ASSESSING
    case = stored(builders.proposal_at, begins, people, staff)
    asked = builders.ask_exempt(case, staff.decider, why=CANARY)
    late = {"seen": case.revision, "asked": asked.pk}

    WAYS[way](case, people, staff)

    assert not Exemption.objects.open().exists()
    client.force_login(staff.fourth)
    answer = client.post(address("confirm_exempt", case), late)
    assert answer.status_code == (404 if way == "return_incomplete" else 409)
    asked.refresh_from_db()
    assert (asked.confirmed_at, asked.refused_at) == (None, None)
    client.force_login(people.lead)
    for page in ("proposal", "messages", "history", "tasks"):
        assert CANARY not in client.get(address(page, case)).content.decode()


def test_no_step_leads_away_from_it_and_leaves_it_open():
    leading = {
        step.name
        for step in LIFECYCLE.steps
        for source in step.sources
        if source in FROM and set(step.targets(source)) - {*FROM}
    }
    assert leading - {"confirm_exempt"} == WAYS.keys()


def test_it_outlives_the_beginning_of_the_assessment(people, staff, case):
    asked = builders.ask_exempt(case, staff.decider)
    drawn_at = case.revision
    case = review.begin(proposal=case, seen=drawn_at, by=staff.reviewer)
    # What the page of before showed is not what is confirmed.
    with pytest.raises(MovedOn):
        actions.confirm_exempt(proposal=case, asked=asked.pk, seen=drawn_at, by=staff.fourth)
    assert builders.confirm_exempt(case, asked, staff.fourth).status == Status.EXEMPT


def test_what_somebody_proposed_who_may_decide_no_longer_is_refused_alone(client, staff, case):
    asked = builders.ask_exempt(case, staff.decider)
    review.declare(proposal=case, is_conflict=True, by=staff.decider)
    client.force_login(staff.reviewer)
    page = client.get(address("confirm_exempt", case)).content.decode()
    assert "can decide on this case no longer" in page
    assert "Refuse it" in page
    assert ">Confirm the exemption<" not in page
    with pytest.raises(PermissionDenied):
        builders.confirm_exempt(case, asked, staff.reviewer)
    refuse(case, asked, staff.reviewer)


def test_what_was_to_be_looked_at_again_by_now_is_not_confirmed(staff, case):
    asked = builders.ask_exempt(case, staff.decider, review_on=in_days(1))
    Exemption.objects.update(review_on=clock.today())
    with pytest.raises(PermissionDenied, match="which has come"):
        builders.confirm_exempt(case, asked, staff.reviewer)


def line(day):
    return {"review_on-day": day.day, "review_on-month": day.month, "review_on-year": day.year}


def test_what_is_filled_in_wrongly_is_said_and_kept(client, people, staff, case, department):
    client.force_login(staff.decider)
    case.scheme.scope_rules.create(
        code="SC-OLD", wording="x", source="x", dated_on=in_days(0), exempts=False
    )
    lacking = [
        ({"rule": ""}, "Choose the rule that says so"),
        ({"rule": "SC-OLD"}, "Choose the rule that says so"),
        ({"area": ""}, "Choose the area that the service is in"),
        ({"department": "no-such"}, "Choose the department"),
        ({"why": ""}, "Say why this service is exempt"),
        ({"public_why": ""}, "Write the reason for everybody to read"),
        ({"public_why": f"At {case.employer.name.upper()}"}, "Leave out “"),
        ({"public_why": f"Of {people.viewer.name}"}, "it tells whose proposal it is"),
        ({"public_why": "See wolds  community\nnursing"}, "it tells whose proposal it is"),
        ({"review_on-day": ""}, "The date must include a day"),
        (line(in_days(0)), "The day to look again must be in the future"),
        (line(in_days(3 * 366 + 1)), "Enter a date on or before"),
    ]
    for wrong, words in lacking:
        page = client.post(address("exempt", case), typed(case, **wrong))
        assert page.status_code == 200
        assert words in page.content.decode(), wrong
        assert CANARY in page.content.decode() or "why" in wrong
    assert not Exemption.objects.exists()
    assert client.post(address("exempt", case), typed(case)).status_code == 302


def test_the_door_takes_no_rule_that_exempts_nothing_and_no_day_beyond_the_years(staff, case):
    rule = ScopeRule.objects.get(code="SC-STAFF")
    for wrong in ({"rule": rule}, {"review_on": in_days(0)}, {"review_on": in_days(1100)}):
        with pytest.raises(ValidationError), transaction.atomic():
            builders.ask_exempt(case, staff.decider, **wrong)


def test_the_form_knows_the_department_of_the_employer(client, staff, case, department):
    client.force_login(staff.decider)
    start = client.get(address("exempt", case)).context["form"]
    assert start.initial["department"] == "dhsc"
    Organisation.objects.filter(pk=case.employer_id).update(department=department)
    start = client.get(address("exempt", case)).context["form"]
    assert start.initial["department"] == department.slug
    Organisation.objects.filter(pk=case.employer_id).update(kind="department")
    start = client.get(address("exempt", case)).context["form"]
    assert start.initial["department"] == case.employer.slug


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Care in bases", ""),
        ("Care of THE  TRUST", "The Trust"),
        ("A man is in it", ""),  # "Man" would be in too many words
        ("", ""),
    ],
)
def test_a_name_is_found_in_a_text_whatever_its_letters(text, told):
    assert found_in(text, ["", "Man", "The Trust"]) == told
