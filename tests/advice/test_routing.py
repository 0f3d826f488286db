"""To which provider a question goes: the order, the reason, the shares; who has a part in it."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Interest, OrganisationKind, Role, Tie
from activity import clock
from activity.models import Notification
from advice.intake import hints, mail, routing
from advice.intake.models import (
    AdviserProfile,
    ProviderInterest,
    RoutingRule,
    Sector,
    Share,
    Topic,
    TopicGroup,
    Why,
)
from advice.intake.routing import Question
from tests.advice.factories import advice_lead, adviser, employer, enquiry, provider, somebody

pytestmark = pytest.mark.django_db

LP, EOA, CUK = "local-partnerships", "employee-ownership-association", "co-operatives-uk"
SINCE = datetime.date(2011, 1, 4)


def share(slug, weight=1, **more):
    return Share.objects.create(provider=provider(slug), weight=weight, starts_on=SINCE, **more)


def ties(slug, body):
    return ProviderInterest.objects.create(
        provider=provider(slug), organisation=body, starts_on=SINCE
    )


def goes(topic=None, **more):
    found = Topic.objects.get(code=topic) if topic else None
    route = routing.choose(Question(topic=found, **more))
    return route.provider.slug if route.provider else None, route.why


def test_safety_goes_to_a_lead_at_once_and_to_no_adviser():
    lead, hand = advice_lead(), adviser()
    made = enquiry("SAF-1")
    assert (made.for_leads, made.urgent, made.route) == (True, True, Why.SAFETY)
    assert made.pick_up_by is None
    assert list(Notification.objects.filter(kind="enquiry.lead")) == [
        Notification.objects.get(user=lead)
    ]
    told = Notification.objects.get(user=lead)
    assert mail.guard(told, made) is None
    assert mail.address(told, made) == f"/advice/enquiries/{made.reference}/claim/"
    told.user = hand
    assert mail.guard(told, made) == "not-theirs-now"


def test_words_of_risk_are_a_hint_and_decide_nothing(client):
    words = "My ward is UNSAFE and they cover up harm. Unsafe."
    assert hints.of_risk(words) == ["UNSAFE", "cover up", "harm"]
    assert hints.of_risk("Farm shops are charming") == []
    assert len(hints.of_risk("harm harmed harmful unsafe threat threats victim")) == hints.MOST
    made = enquiry("STF-1", words=words)
    assert (made.for_leads, made.urgent, made.route) == (False, False, Why.LEAD)
    client.force_login(adviser())
    page = client.get(f"/advice/enquiries/{made.reference}/").content.decode()
    assert "They wrote “UNSAFE, cover up, harm”" in page
    other = enquiry("STF-1", words="When do we vote?")
    page = client.get(f"/advice/enquiries/{other.reference}/").content.decode()
    assert "somebody is at risk" not in page


def test_the_press_goes_to_the_programme_team_and_to_a_lead_while_nobody_answers_there():
    assert goes("PRS-1") == (None, Why.PROGRAMME)
    team = employer("Programme team")
    type(team).objects.filter(pk=team.pk).update(kind=OrganisationKind.ADVICE_PROVIDER)
    Topic.objects.filter(code="PRS-1").update(lead=team)
    assert goes("PRS-1") == (None, Why.PROGRAMME)
    somebody(Role.ADVISER, team)
    assert goes("PRS-1") == (team.slug, Why.PROGRAMME)


def test_a_department_answers_for_its_bodies_where_the_employer_may_know():
    ministry, trust = employer("Department of Fens"), employer()
    trust.department = ministry
    trust.save()
    desk = employer("Desk of the Fens")
    kind = OrganisationKind.ADVICE_PROVIDER
    type(desk).objects.filter(pk=desk.pk).update(kind=kind, department=ministry)
    asked = {"employer": trust, "is_secret": False}
    assert goes("GEN-3", **asked) == (None, Why.ANY)
    somebody(Role.ADVISER, desk)
    assert goes("GEN-3", **asked) == (desk.slug, Why.DEPARTMENT)
    assert goes("GEN-3", **asked | {"is_secret": True}) == (None, Why.ANY)
    assert goes("GEN-2", **asked) == (None, Why.ANY)


def test_a_rule_wins_over_who_leads_while_it_is_in_force():
    assert goes("LEG-5") == (EOA, Why.RULE)
    assert goes("PRO-1", sector=Sector.COUNCIL) == (LP, Why.LEAD)
    Topic.objects.filter(code__startswith="PRO").update(lead=provider(CUK))
    assert goes("PRO-2", sector=Sector.COUNCIL) == (LP, Why.RULE)
    assert goes("PRO-2", sector=Sector.NHS) == (CUK, Why.LEAD)
    RoutingRule.objects.update(ends_on=clock.today())
    assert goes("PRO-2", sector=Sector.COUNCIL) == (CUK, Why.LEAD)


def test_a_rule_of_a_nation_asks_where_the_employer_is():
    body = employer()
    body.nation = "wales"
    RoutingRule.objects.create(nation="wales", provider=provider(CUK), starts_on=SINCE)
    assert goes("WRK-2", employer=body) == (CUK, Why.RULE)
    assert goes("WRK-2", employer=employer()) == goes("WRK-2") == (LP, Why.LEAD)


@pytest.mark.parametrize("topic", [None, "GEN-2"])
def test_without_shares_any_provider_may_take_what_nobody_leads_on(topic):
    assert goes(topic) == (None, Why.ANY)


def test_shares_are_kept_to_the_question():
    share(LP, 3), share(EOA, 1)
    got = [goes()[0] for _ in range(40)]
    assert {slug: got.count(slug) for slug in (LP, EOA, CUK)} == {LP: 30, EOA: 10, CUK: 0}
    for length in range(1, 41):
        assert abs(got[:length].count(LP) - 0.75 * length) < 1
    assert goes()[1] == Why.SHARE


def test_a_share_of_a_group_wins_and_a_full_one_waits_for_tomorrow():
    group = TopicGroup.objects.get(code="GEN")
    share(LP)
    own = share(CUK, group=group, daily_cap=2)
    assert [goes("GEN-2")[0] for _ in range(3)] == [CUK, CUK, None]
    assert goes()[0] == LP
    Share.objects.filter(pk=own.pk).update(given_on=clock.today() - datetime.timedelta(days=1))
    assert goes("GEN-2")[0] == CUK


def test_a_share_goes_to_whoever_has_an_adviser_for_it():
    share(LP), share(EOA, 9)
    general = TopicGroup.objects.get(code="GEN")
    profile = AdviserProfile.objects.create(user=adviser(provider(EOA)))
    profile.skills.add(TopicGroup.objects.get(code="FIN"))
    assert goes("GEN-2")[0] == EOA  # nobody knows about it, so the shares alone count
    expert = AdviserProfile.objects.create(user=adviser(provider(LP)))
    expert.skills.add(general)
    assert goes("GEN-2")[0] == LP
    profile.skills.clear()
    assert goes("GEN-2")[0] == EOA


def test_the_database_refuses_two_shares_of_one_provider_at_a_time():
    share(LP)
    for more in ({}, {"ends_on": SINCE + datetime.timedelta(days=9)}):
        with pytest.raises(IntegrityError, match="share_one_at_a_time"), transaction.atomic():
            share(LP, 2, **more)
    share(LP, group=TopicGroup.objects.get(code="GEN"))
    with pytest.raises(IntegrityError, match="asks_something"), transaction.atomic():
        RoutingRule.objects.create(provider=provider(LP), starts_on=SINCE)


def test_a_provider_that_works_for_the_employer_is_passed_over():
    body = employer()
    tie = ties(EOA, body)
    slug, why = goes("STF-1", employer=body)
    assert (slug in (LP, CUK), why) == (True, Why.TURN)
    ties(LP, body), ties(CUK, body)
    assert goes("STF-1", employer=body) == (None, Why.NOBODY)
    made = enquiry("STF-1", employer=body)
    assert (made.for_leads, made.provider) == (True, None)
    type(tie).objects.update(ends_on=clock.today())
    assert goes("STF-1", employer=body) == (EOA, Why.LEAD)


def test_trying_a_question_shows_the_way_and_changes_nothing(client):
    share(LP)
    client.force_login(advice_lead())
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/advice/routing/", {"try": "1"}).content.decode()
    assert "It would go to Local Partnerships" in page
    assert "by its share of such questions" in page
    assert Share.objects.get().given == 0
    assert not any("FOR NO KEY" in each["sql"] for each in asked)
    page = client.get("/advice/routing/", {"try": "1", "topic": "SAF-1"}).content.decode()
    assert "the leads of Local Partnerships" in page
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"employer": "\x00<script>"},
        {"employer": "x" * 100_000},
        {"topic": "\x00"},
        {"sector": "nhs'--"},
    ],
)
def test_whatever_is_tried_is_answered(client, typed):
    client.force_login(advice_lead())
    response = client.get("/advice/routing/", {"try": "1", **typed})
    assert response.status_code == 200
    assert b"There is a problem" in response.content
    assert b"<script>'" not in response.content


def test_routing_is_for_leads_and_administrators(client):
    for who, status in [
        (adviser(), 403),
        (somebody(), 403),
        (somebody(Role.ADMINISTRATOR, employer()), 200),
        (advice_lead(), 200),
    ]:
        client.force_login(who)
        assert client.get("/advice/routing/").status_code == status


def test_a_lead_sees_the_skills_of_their_own_provider_alone(client):
    ours, theirs = adviser(), adviser(provider(LP))
    profile = AdviserProfile.objects.create(user=ours, most=3, on_duty=False)
    profile.skills.add(TopicGroup.objects.get(code="FIN"))
    client.force_login(advice_lead())
    page = client.get("/advice/routing/")
    (told,) = page.context["advisers"]
    assert (told.user, told.most, told.on_duty, [str(s) for s in told.skills]) == (
        ours,
        3,
        False,
        ["Money"],
    )
    assert theirs.name not in page.content.decode()


def test_an_interest_counts_for_predecessors_too(client):
    old, new = employer("Old Trust"), employer("New Trust")
    old.successor = new
    old.save()
    ties(EOA, new)
    assert goes("STF-1", employer=old)[0] != EOA
    reader = adviser()
    made = enquiry("WRK-2", employer=old)
    Interest.objects.create(user=reader, organisation=new, tie=Tie.PEOPLE, declared_at=clock.now())
    assert made not in type(made).objects.visible_to(reader)
