"""The queue: its views, its filter, its pages, what it costs."""

import datetime

import pytest
from django.utils import timezone

from activity import clock, counting
from activity.waiting import Beginning
from advice.intake import routing
from advice.intake.models import Enquiry
from advice.queue import lists, waiting, wording
from tests.advice.factories import (
    advice_lead,
    adviser,
    again,
    employer,
    enquiry,
    held,
    provider,
)

pytestmark = pytest.mark.django_db
TEN_DAYS = datetime.timedelta(days=10)


def rows(view, user):
    return set(lists.rows_of(view, again(user)))


def test_each_view_holds_its_rows():
    user, colleague = adviser(), adviser()
    other = adviser(provider("co-operatives-uk"))
    queued, nobodys, elsewhere = enquiry(), enquiry(topic=None), enquiry("WRK-2")
    late = enquiry(received_at=clock.now() - TEN_DAYS)
    mine, theirs, far = held(user), held(colleague), held(other, topic="LEG-1")
    assert rows("open", user) == {queued, nobodys, late}
    assert rows("mine", user) == {mine}
    assert rows("provider", user) == {queued, late, mine, theirs}
    assert rows("unassigned", user) == {queued, nobodys, elsewhere, late}
    assert rows("late", user) == {late}
    assert rows("waiting", user) == set()
    assert rows("all", user) == {queued, nobodys, elsewhere, late, mine, theirs, far}
    counted = lists.counts(again(user))
    assert counted == {view: len(rows(view, user)) for view in lists.VIEWS}


def test_counting_stops_at_a_thousand(client, monkeypatch):
    monkeypatch.setattr(counting, "MOST", 2)
    for _ in range(4):
        enquiry()
    client.force_login(adviser())
    shown = client.get("/advice/queue/").context["views"].built_in
    views = {str(view.label): view.count for view in shown}
    assert (views["Open to me"], views["Late"]) == ("2+", "0")
    assert "Open to me <span>2+</span>" in client.get("/advice/desk/").content.decode()


def test_late_comes_first_and_is_marked(client):
    enquiry(words="in time")
    enquiry(words="too late", received_at=clock.now() - TEN_DAYS)
    client.force_login(adviser())
    page = client.get("/advice/queue/").content.decode()
    assert page.index("too late") < page.index("in time")
    assert "is-late" in page
    assert "days late" in page


def test_a_topic_narrows_it_and_can_be_taken_off(client):
    enquiry("STF-1", words="about ballots")
    enquiry("WRK-1", words="about terms")
    client.force_login(adviser())
    page = client.get("/advice/queue/?topic=WRK-1").content.decode()
    assert "about terms" in page
    assert "about ballots" not in page
    empty = client.get("/advice/queue/?topic=EXI-1").content.decode()
    assert "Nothing in this view matches these filters" in empty
    group = client.get("/advice/queue/?topic=WRK").content.decode()
    assert "about terms" in group
    assert "about ballots" not in group


@pytest.mark.parametrize(
    "query", ["view=nonsense", "topic=NONE", "after=bent", "view=%00&topic=%00&after=%00"]
)
def test_a_bent_address_is_the_plain_queue(client, query):
    enquiry(words="still here")
    client.force_login(adviser())
    assert "still here" in client.get(f"/advice/queue/?{query}").content.decode()


@pytest.mark.slow
def test_every_row_is_on_one_page_and_one_alone(client):
    made = {enquiry().reference for _ in range(60)}
    client.force_login(adviser())
    seen, after = [], ""
    while after is not None:
        context = client.get("/advice/queue/", {"after": after}).context
        seen += [row.enquiry.reference for row in context["rows"]]
        after = context["page"].after
    assert len(seen) == 60
    assert set(seen) == made


@pytest.mark.parametrize("view", lists.VIEWS)
def test_it_costs_at_most_eight_queries_in_every_view(client, view, django_assert_max_num_queries):
    user = adviser()
    held(user)
    enquiry(topic=None)
    client.force_login(user)
    with django_assert_max_num_queries(8):
        assert client.get("/advice/queue/", {"view": view}).status_code == 200


def test_the_desk_holds_mine_and_costs_at_most_eight(client, django_assert_max_num_queries):
    user = adviser()
    held(user, words="mine to answer")
    client.force_login(user)
    with django_assert_max_num_queries(8):
        page = client.get("/advice/desk/").content.decode()
    assert "mine to answer" in page


def test_an_empty_desk_says_so(client):
    client.force_login(adviser())
    assert "Nothing waits for you." in client.get("/advice/desk/").content.decode()


def test_the_first_page_after_signing_in_says_what_waits(client):
    user = adviser()
    made = held(user, words="mine to answer")
    client.force_login(user)
    page = client.get("/start/").content.decode()
    assert "mine to answer" in page
    assert made.reference in page
    assert "Take the next enquiry" in page


def test_nothing_of_the_line_waits_for_others(client):
    enquiry()
    client.force_login(held(adviser(), employer=employer()).adviser)
    assert Enquiry.objects.count() == 2
    client.force_login(adviser(provider("co-operatives-uk")))
    assert "ENQ-" not in client.get("/start/").content.decode()


def at(*parts):
    return datetime.datetime(*parts, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (at(2027, 1, 12, 15, 30), "First reply by 3:30pm today"),
        (at(2027, 1, 13, 9, 0), "First reply by 9am tomorrow"),
        (at(2027, 1, 13, 12, 0), "First reply by midday tomorrow"),
        (at(2027, 1, 15, 9, 2), "First reply by 9:02am Friday"),
        (at(2027, 1, 25, 9, 0), "First reply by 9am on 25 January 2027"),
        (at(2027, 1, 12, 11, 59, 40), "First reply 1 minute late"),
        (at(2027, 1, 12, 11, 20), "First reply 40 minutes late"),
        (at(2027, 1, 12, 9, 0), "First reply 3 hours late"),
        (at(2027, 1, 8, 9, 0), "First reply 4 days late"),
    ],
)
def test_due_times_are_said_as_people_say_them(due, words):
    made = Enquiry(status="queued", due_at=due)
    assert wording.due(made, at(2027, 1, 12, 12, 0)) == words


def test_what_waits_says_since_when():
    made = Enquiry(status="waiting-for-enquirer", status_at=at(2027, 1, 8, 9, 0))
    assert wording.due(made, at(2027, 1, 12, 12, 0)) == (
        "Clock stopped: waits for them since Friday"
    )
    made.status = "closed"
    assert wording.due(made, at(2027, 1, 12, 12, 0)) == "Nothing is due"


def test_a_long_question_is_cut_at_a_word():
    cut = lists.cut("word " * 40)
    assert cut.endswith("word…")
    assert len(cut) <= 91
    assert lists.cut("one\ntwo") == "one"


def test_a_lead_who_does_not_take_is_offered_no_enquiry(client):
    made = held(adviser())
    enquiry()
    client.force_login(advice_lead())
    for path in ("/advice/queue/", "/advice/desk/"):
        assert "Take the next enquiry" not in client.get(path).content.decode()
    page = client.get(f"/advice/enquiries/{made.reference}/").content.decode()
    assert 'href="/advice/queue/" class="govuk-back-link"' in page
    assert [*waiting.for_adviser(advice_lead())] == []


def test_the_start_page_says_what_the_queue_holds():
    assert [type(thing) for thing in waiting.for_adviser(adviser())] == [Beginning]
    enquiry()
    late = enquiry(received_at=clock.now() - TEN_DAYS)
    held(adviser(), received_at=clock.now() - TEN_DAYS)

    free, _begin = waiting.for_adviser(adviser())
    assert (free.title, free.path) == ("2 enquiries are free to take", "/advice/queue/?view=open")
    assert free.due_on == timezone.localtime(late.due_at).date()
    assert "days late" in free.needed
    (breached,) = waiting.for_adviser(advice_lead())
    assert (breached.title, breached.path) == ("2 enquiries are late", "/advice/queue/?view=late")


def test_a_lead_begins_with_what_their_provider_has(client):
    held(adviser(), words="held by a colleague")
    client.force_login(advice_lead())
    page = client.get("/advice/queue/")
    assert page.context["view"] == "provider"
    assert b"held by a colleague" in page.content


def test_a_row_names_a_colleague_and_only_the_provider_of_others():
    colleague, other = adviser(), adviser(provider("co-operatives-uk"))
    ours, theirs = held(colleague), held(other, topic="LEG-1")
    reader = adviser()
    shown = lists.told_to(reader, Enquiry.objects.all())
    told = {row.enquiry: row for row in lists.tell(shown, reader)}
    assert told[ours].holder == str(colleague)
    assert told[theirs].holder == "Co-operatives UK"


@pytest.mark.parametrize(
    ("topic", "leads", "taken_by", "reason"),
    [
        ("STF-1", True, None, "Employee Ownership Association leads on this topic."),
        ("GEN-2", False, None, "No provider leads on this topic, so any may take it."),
        (None, False, None, "No topic was chosen, so any provider may take it."),
        (None, False, "co-operatives-uk", "Co-operatives UK took it on."),
    ],
)
def test_a_queue_says_why_an_enquiry_is_in_it(topic, leads, taken_by, reason):
    made = held(adviser(provider(taken_by)), topic=topic) if taken_by else enquiry(topic)
    assert (made.provider is not None) == (leads or taken_by is not None)
    assert routing.reason(made) == reason
