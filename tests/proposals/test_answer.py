"""An official of the employer answers: page by page, checked, sent once, and it stands."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activity.models import Event, Notification
from activity.workflow import MovedOn
from proposals import reference
from proposals.draft.models import EmployerWords, Status
from proposals.employer import actions, answers
from proposals.employer.facts import BY_KEY, FACTS, difference
from proposals.employer.models import (
    AnswerDraft,
    EmployerAnswer,
    EmployerFigure,
    EmployerGround,
    EmployerInvitation,
)
from proposals.review import actions as review
from tests.at_once import at_once
from tests.proposals import builders, officials


@pytest.fixture
def found(stored, people, staff):
    return stored(officials.submitted, people, staff)


@pytest.fixture
def path(client, found):
    return officials.opened(client, officials.live(found))


def post(client, path, page, **typed):
    where = f"{path}{page}/"
    return client.post(where, officials.marks(client, where) | typed)


def text_of(answer):
    return answer.content.decode().replace("&#x27;", "'")


def test_from_the_first_page_to_what_was_sent(client, found, people, staff, path):
    first = client.get(path).content.decode()
    assert "It takes under an hour." in first
    assert all(str(fact.title) in first for fact in FACTS)
    page = client.get(f"{path}facts/").content.decode()
    for figure in ("94", "81.5", "2,000", "LE1 5WW", "NHS Pension Scheme", "£2,400,000"):
        assert f"The staff say: {figure}" in page, figure
    assert "Year 1: £2,352,000; Year 2:" in page
    assert "£50,000" in page

    words = {"to_team": "Talk to us.", "to_reviewers": "Our rota is thin."}
    officials.typed(
        client, path, officials.facts(**officials.DISPUTED), officials.CONDITIONS | words
    )
    assert client.get(path).content.decode().count("Complete") == 2
    check = f"{path}answers/"
    shown = client.get(check).content.decode()
    for each in ("4 less", "Payroll, March", "Keep the night rota.", *words.values()):
        assert each in shown
    pressed = officials.marks(client, check)
    assert client.post(check, pressed).url == f"{path}sent/"
    assert client.post(check, pressed).url == f"{path}sent/"  # pressed twice

    sent = EmployerAnswer.objects.get()
    assert (sent.position, sent.version) == ("conditions", found.versions.latest())
    assert sent.figures.count() == len(FACTS)
    [disputed] = sent.figures.filter(verdict="ours")
    assert (disputed.fact, disputed.ours, disputed.source) == ("headcount", "90", "Payroll, March")
    assert EmployerWords.objects.get().text == "Talk to us."
    assert not AnswerDraft.objects.exists()
    kept = client.get(f"{path}sent/").content.decode()
    for each in (officials.POST, "Keep the night rota.", "Payroll, March", *words.values()):
        assert each in kept
    [event] = Event.objects.of(found).filter(kind="employer.answer")
    assert (event.actor_kind, event.data) == ("link", {"version": 1})
    assert told("employer.answer") == {staff.reviewer.pk, staff.countersigner.pk}
    assert told("proposal.employer_answer") == {each.pk for each in vars(people).values()}
    assert builders.again(found).employer_answered_at == sent.sent_at
    for page in ("facts", "position", "answers"):
        assert client.get(f"{path}{page}/").url == f"{path}sent/"
    assert client.get(f"{path}hand-on/").url == path
    assert "We have your answer." in client.get(path).content.decode()


def told(kind):
    return set(Notification.objects.filter(kind=kind).values_list("user", flat=True))


def test_every_page_asks_few_questions_of_the_database(client, found, path):
    officials.typed(client, path, officials.facts(**officials.DISPUTED), officials.OBJECTION)
    for page in ("", "facts/", "position/", "answers/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path + page).status_code == 200
        assert len(queries) <= 10, page
    officials.send(officials.live(found))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"{path}sent/").status_code == 200
    assert len(queries) <= 10


def test_nothing_opens_before_a_code_proves_who_is_there(client, found):
    asked = officials.live(found)
    path = officials.opened(client, asked, proved=False)
    for page in ("facts", "position", "answers", "sent"):
        assert client.get(f"{path}{page}/").url.endswith("/code/")
        refused = client.post(f"{path}{page}/", {"position": "accept"})
        assert refused.status_code == (405 if page == "sent" else 403)
    stranger = {"typed": {}, "seen": "", "by": officials.holder(asked, proved=False)}
    with pytest.raises(PermissionDenied):
        answers.save_facts(invitation=asked, told={}, **stranger)
    assert not AnswerDraft.objects.exists()


def test_the_holder_of_another_link_writes_and_sends_nothing(found):
    asked = officials.live(found)
    other = officials.holder(EmployerInvitation(pk=asked.pk + 1, address=asked.address))
    for write in (
        lambda: answers.save_position(invitation=asked, typed={}, seen="", by=other),
        lambda: answers.send(
            invitation=asked, answer=answers.Answer("accept", []), seen="", by=other
        ),
    ):
        with pytest.raises(PermissionDenied):
            write()


@pytest.mark.parametrize("key", ["in-house", "capacity", "policy"])
def test_what_is_no_ground_is_answered_on_the_spot_and_nothing_is_lost(client, found, path, key):
    typed = officials.OBJECTION | {"grounds-0-ground": key, "to_reviewers": "Keep this."}
    page = text_of(post(client, path, "position", **typed))
    assert "is no ground" in page
    for each in ("Our plan of May costs less.", "Keep this.", "What you typed is saved."):
        assert each in page
    assert f'<option value="{key}" selected>' in page
    again = text_of(client.get(f"{path}position/"))
    assert "Our plan of May costs less." in again
    check = f"{path}answers/"
    post(client, path, "facts", **officials.facts())
    assert "is no ground" in text_of(client.post(check, officials.marks(client, check)))
    assert not EmployerAnswer.objects.exists()


@pytest.mark.parametrize(
    ("page", "typed", "words"),
    [
        ("facts", {"headcount-ours": "<b>many</b>"}, "Enter a whole number, like 42"),
        ("facts", {"headcount-ours": "-3"}, "Enter 0 or more"),
        ("facts", {"headcount-source": "x" * 301}, "1 letter too long"),
        ("facts", {"headcount": "nonsense"}, "Say whether this is right"),
        ("facts", {"in-house": "ours", "in-house-ours_2": "1.2m"}, "We cannot read “1.2m”"),
        ("position", {"to_team": "w " * 301}, "Take out 1."),
        ("position", {"position": "veto"}, "Choose whether your organisation accepts"),
        ("position", {"grounds-0-ground": "RC-V01"}, "choose the ground"),
        ("position", {"grounds-1-ground": "RC-S01", "grounds-1-evidence": "x"}, "stands above"),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(client, found, path, page, typed, words):
    whole = officials.facts(**officials.DISPUTED) if page == "facts" else officials.OBJECTION
    answer = post(client, path, page, **whole | typed)
    assert answer.status_code == 200
    shown = text_of(answer)
    assert words in shown
    assert "<b>many" not in shown
    kept = text_of(client.get(f"{path}{page}/"))
    for value in typed.values():
        if value not in ("nonsense", "veto", "RC-V01"):
            assert value.replace("<", "&lt;").replace(">", "&gt;").strip() in kept


def test_what_is_missing_is_listed_with_where_and_nothing_can_be_sent(client, found, path):
    check = f"{path}answers/"
    page = client.get(check).content.decode()
    assert "Still missing before you can send" in page
    assert f"{path}facts/#id_headcount" in page
    assert "Send our answer" not in page
    assert client.post(check, officials.marks(client, check)).status_code == 200
    unsaid = officials.facts(headcount="ours", fte="")
    officials.typed(client, path, unsaid, {"position": "conditions", "conditions": " "})
    page = text_of(client.get(check))
    for each in (
        "Enter your figure as a whole number",
        "Say where your figure is from",
        "Say at least one thing that must be so",
        "Full-time equivalent of these staff",
    ):
        assert each in page
    post(client, path, "position", position="object")
    assert "Choose at least one ground" in text_of(client.get(check))
    assert not EmployerAnswer.objects.exists()


def test_hostile_words_are_kept_and_shown_harmlessly(client, found, path, staff):
    hostile = "<i>Canary</i>\x00\u202e"
    officials.typed(
        client,
        path,
        officials.facts(**officials.DISPUTED | {"headcount-source": hostile}),
        officials.OBJECTION | {"grounds-0-evidence": hostile, "to_reviewers": hostile},
    )
    assert "<i>Canary" not in client.get(f"{path}answers/").content.decode()
    officials.send(officials.live(found))
    assert EmployerGround.objects.get().evidence.startswith("<i>Canary</i>")
    assert "\u202e" not in EmployerAnswer.objects.get().to_reviewers
    client.force_login(staff.reviewer)
    case = reverse("proposals:employer_case", args=[found.reference])
    for page in (case, f"{path}sent/"):
        assert "<i>Canary" not in client.get(page).content.decode()


def test_rows_of_grounds_come_and_go_and_keep_what_was_typed(client, found, path):
    where = f"{path}position/"
    more = post(client, path, "position", **officials.OBJECTION, then="add-grounds")
    assert more.url.startswith(f"{where}?grounds=2")
    assert 'name="grounds-1-ground"' in client.get(more.url).content.decode()
    second = {"grounds-1-ground": "RC-Q01", "grounds-1-evidence": "The table."}
    less = post(client, path, "position", **officials.OBJECTION, **second, then="remove-grounds-1")
    assert less.url.startswith(where)
    page = client.get(where).content.decode()
    assert "The table." in page
    assert "Our plan of May" not in page


def test_saving_to_come_back_later_leads_to_the_list(client, found, path):
    answer = post(client, path, "position", **officials.ACCEPTANCE, then="tasks")
    assert answer.url == path
    page = client.get(path).content.decode()
    assert "Not started" in page
    assert "Complete" in page


def test_of_two_windows_the_later_is_told_and_loses_nothing(client, found, path):
    where = f"{path}position/"
    old = officials.marks(client, where)
    post(client, path, "position", position="conditions", conditions="First.")
    clash = client.post(where, old | {"position": "conditions", "conditions": "Second."})
    assert clash.status_code == 409
    page = clash.content.decode()
    assert "saved in another window" in page
    assert "Second." in page
    assert AnswerDraft.objects.get().position["conditions"] == "First."
    assert client.post(where, {"seen": clash.context["mark"], "position": "accept"}).url
    assert AnswerDraft.objects.get().position["position"] == "accept"
    # The same words once more are no conflict.
    assert client.post(where, old | {"position": "accept"}).status_code == 302


def test_what_was_changed_after_it_was_checked_is_not_sent(client, found, path):
    # Grounds that were typed before they accepted are no part of it.
    accepted = officials.OBJECTION | officials.ACCEPTANCE
    officials.typed(client, path, officials.facts(), accepted)
    check = f"{path}answers/"
    page = client.get(check).content.decode()
    assert "Our plan of May" not in page
    assert page.count("Nothing") == 2  # in either box
    old = officials.marks(client, check)
    post(client, path, "position", **officials.CONDITIONS)
    clash = client.post(check, old)
    assert clash.status_code == 409
    assert "Nothing was sent." in clash.content.decode()
    assert not EmployerAnswer.objects.exists()
    assert "Our plan of May" not in clash.content.decode()
    assert client.post(check, {"seen": clash.context["mark"]}).url == f"{path}sent/"


def test_an_official_who_is_asked_instead_starts_anew_and_reads_nothing_of_it(
    client, found, path, staff
):
    post(client, path, "position", position="accept", to_reviewers="Canary")
    where = f"{path}facts/"
    typed = officials.marks(client, where) | officials.facts(**officials.DISPUTED)
    officials.checked(found, staff.reviewer)
    lost = client.post(where, typed)
    assert lost.status_code == 404
    assert "Payroll, March" in lost.content.decode()
    second = officials.opened(client, officials.live(found))
    for page in ("", "facts/", "position/", "answers/"):
        shown = client.get(second + page).content.decode()
        assert "Canary" not in shown
        assert 'value="accept" checked' not in shown


@pytest.mark.parametrize("page", ["facts", "position", "answers"])
def test_nothing_is_kept_or_sent_once_the_staff_have_stopped_it(client, found, people, path, page):
    officials.typed(client, path, officials.facts(), officials.ACCEPTANCE)
    where = f"{path}{page}/"
    typed = officials.marks(client, where) | {"conditions": "Too late", "headcount-source": "Late"}
    builders.withdraw(found, people)
    late = client.post(where, typed)
    assert late.status_code == 409
    assert page == "answers" or "ate" in late.content.decode()
    assert not EmployerAnswer.objects.exists()
    assert client.get(where).url == path


def sent_back(proposal, people, staff, headcount="100"):
    """Its second version, with another headcount."""
    review.begin(
        proposal=builders.again(proposal), seen=builders.again(proposal).revision, by=staff.reviewer
    )
    asked = builders.ask_changes(builders.again(proposal), staff, ("staff", "numbers"))
    section = asked.sections.get(key="staff")
    section.answers |= {"U1_headcount": headcount}
    section.save()
    return builders.resubmit(asked, people)


def test_figures_that_the_staff_change_meanwhile_are_looked_at_again(
    client, found, people, staff, path
):
    officials.typed(client, path, officials.facts(), officials.ACCEPTANCE)
    facts, check = f"{path}facts/", f"{path}answers/"
    old_facts, old = officials.marks(client, facts), officials.marks(client, check)
    sent_back(found, people, staff)

    assert client.post(facts, old_facts | officials.facts()).status_code == 409
    page = client.get(facts).content.decode()
    assert "The staff have changed these since you looked." in page
    assert "The staff say: 100" in page
    refused = client.post(check, old)
    assert "Number of staff in the service" in refused.content.decode()
    assert not EmployerAnswer.objects.exists()
    post(client, path, "facts", **officials.facts())
    assert client.post(check, officials.marks(client, check)).url == f"{path}sent/"
    assert EmployerAnswer.objects.get().version.number == 2


def test_an_answer_stays_with_the_version_that_it_speaks_of(client, found, people, staff):
    officials.answered(found)
    first = officials.live(found)
    with pytest.raises(MovedOn):
        officials.checked(found, staff.reviewer)
    named = {"post": "Chief", "address": officials.at(found.employer, "chief")}
    with pytest.raises(MovedOn):
        actions.hand_on(invitation=first, by=officials.holder(first), **named)
    client.force_login(staff.reviewer)
    case = reverse("proposals:employer_case", args=[found.reference])
    assert "Ask this official" not in client.get(case).content.decode()

    second = sent_back(found, people, staff)

    page = client.get(case).content.decode()
    assert "It speaks of version 1. The team has sent version 2 since" in page
    assert "Ask this official instead" in page
    shown = client.get(case).context["form"]
    typed = {name: shown[name].value() for name in ("shown", "once")}
    typed |= {"post": first.post, "address": first.address, "checked_how": "Rang."}
    assert client.post(case, typed).url == case
    asked = officials.live(second)
    assert asked.pk != first.pk
    assert builders.again(second).employer_answered_at is None
    officials.answered(second, officials.facts(), officials.ACCEPTANCE)
    text = client.get(case).content.decode()
    assert text.index("What the employer answered") < text.index("answered about version 1")
    assert [each.version.number for each in EmployerAnswer.objects.order_by("pk")] == [1, 2]


def test_a_proposal_that_comes_back_incomplete_is_asked_about_anew(found, people, staff):
    officials.answered(found)
    again = builders.submit_again(found, people, staff)
    assert again.employer_answered_at is None
    assert officials.live(again).answer is None
    officials.answered(again, officials.facts(), officials.ACCEPTANCE)
    assert EmployerAnswer.objects.count() == 2


def test_officials_of_the_case_read_all_of_it_with_each_difference(client, found, staff):
    disputed = officials.DISPUTED | {
        "cost": "ours",
        "cost-ours": "2,450,000",
        "cost-source": "Ledger",
        "in-house": "ours",
        **{f"in-house-ours_{year}": "2,000,000" for year in range(1, 6)},
        "in-house-source": "Plan",
        "fte": "unknown",
        "pensions": "ours",
        "pensions-ours": ["lgps"],
        "pensions-source": "Payroll",
    }
    position = officials.OBJECTION | {"to_team": "For all.", "to_reviewers": "For you alone."}
    officials.answered(found, officials.facts(**disputed), position)
    client.force_login(staff.reviewer)
    page = reverse("proposals:employer_case", args=[found.reference])
    with CaptureQueriesContext(connection) as queries:
        text = text_of(client.get(page))
    assert len(queries) <= 10
    for each in (
        "We object to it",
        "The plan does not save public money",
        "Our plan of May costs less.",
        "For all.",
        "For you alone.",
        "£50,000 more",
        "£1,298,915 less",
        "4 less",
        "Local Government Pension Scheme",
        "We do not know",
    ):
        assert each in text, each
    case = text_of(client.get(reverse("proposals:case", args=[found.reference])))
    assert "The employer has answered." in case
    assert "The employer's official answered." in case


def test_a_difference_is_said_where_there_is_one():
    assert difference(BY_KEY["cost"], "100", "100") == "No difference"
    assert difference(BY_KEY["fte"], "81.5", "80") == "1.5 less"
    assert difference(BY_KEY["places"], "LE1 5WW", "LE1 5WX") == ""


def test_the_database_lets_nothing_of_an_answer_change(found):
    officials.answered(found, position=officials.OBJECTION | {"to_team": "Words."})
    for model, column in (
        (EmployerAnswer, "to_reviewers"),
        (EmployerFigure, "source"),
        (EmployerGround, "evidence"),
        (EmployerWords, "text"),
    ):
        for change in (
            lambda model=model, column=column: model.objects.update(**{column: "Other"}),
            lambda model=model: model.objects.all()._raw_delete("default"),
        ):
            refused = pytest.raises(InternalError, match="Cannot update or delete")
            with refused, transaction.atomic():
                change()


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"position": "conditions"}, "has_conditions_or_none"),
        ({"position": "accept", "conditions": "x"}, "has_conditions_or_none"),
        ({"position": "veto"}, "has_conditions_or_none"),
    ],
)
def test_the_database_refuses_an_answer_that_cannot_be(found, columns, constraint):
    asked = officials.live(found)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        EmployerAnswer.objects.create(invitation=asked, version=found.versions.latest(), **columns)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_it_is_sent_once():
    reference.load()
    people, staff = builders.team(), builders.officials()
    proposal = officials.submitted(people, staff)
    asked = officials.live(proposal)
    officials.fill(asked, officials.facts(), officials.ACCEPTANCE)

    def press():
        return officials.send(asked)

    assert len({each.pk for each in at_once(press, press)}) == 1
    assert Notification.objects.filter(kind="proposal.employer_answer").count() == 3
    assert Event.objects.filter(kind="employer.answer").count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_an_answer_and_another_official_at_once_one_goes_through():
    reference.load()
    people, staff = builders.team(), builders.officials()
    proposal = officials.submitted(people, staff)
    asked = officials.live(proposal)
    officials.fill(asked, officials.facts(), officials.ACCEPTANCE)
    shown = str(asked.once)

    [sent, other] = at_once(
        lambda: officials.send(asked),
        lambda: officials.checked(proposal, staff.reviewer, shown=shown),
    )

    [lost] = [each for each in (sent, other) if isinstance(each, Exception)]
    assert isinstance(lost, MovedOn | PermissionDenied)
    assert EmployerAnswer.objects.exists() is (lost is other)
    assert (builders.again(proposal).status, EmployerInvitation.objects.live().count()) == (
        Status.SUBMITTED,
        1,
    )
