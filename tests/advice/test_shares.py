"""Setting shares: who may, from when, what stays known, and what is refused."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role
from activity import clock, dates
from activity.models import Event
from advice.intake.models import Share, TopicGroup
from advice.queue import shares
from tests.advice.factories import advice_lead, adviser, employer, provider, somebody
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
EOA, LP = "employee-ownership-association", "local-partnerships"
SINCE = datetime.date(2011, 1, 4)
PAGE = "/advice/routing/shares/"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def administrator(client):
    user = somebody(Role.ADMINISTRATOR, employer())
    client.force_login(user)
    return user


def typed(client, address=PAGE, starts_on=None, **weights):
    """What the page holds, with these shares typed over: e for one provider, l for another."""
    form = client.get(address).context["form"]
    found = {name: form[name].value() for name in form.fields}
    found = {name: "" if value is None else value for name, value in found.items()}
    slugs = {"e": f"weight-{EOA}", "l": f"weight-{LP}", "most": f"most-{LP}"}
    found |= {slugs[name]: value for name, value in weights.items()}
    return found | ({"starts_on": starts_on} if starts_on else {})


def kept(group=None):
    rows = Share.objects.filter(group=group).order_by("starts_on", "provider__slug")
    return [(r.provider.slug, r.weight, r.daily_cap, r.starts_on, r.ends_on) for r in rows]


def test_only_administrators_set_shares_and_no_lead_sets_their_own(client):
    Share.objects.create(provider=provider(EOA), weight=1, starts_on=SINCE)
    assert client.get(PAGE).status_code == 302
    for who in (advice_lead(), adviser(), somebody()):
        client.force_login(who)
        for send in (client.get, client.post):
            assert send(PAGE, {}).status_code == 403
        with pytest.raises(PermissionDenied):
            shares.set_shares(group=None, parts={}, starts_on=clock.today() + DAY, seen=0, by=who)
        page = client.get("/advice/routing/").content.decode()
        assert PAGE not in page
    assert kept() == [(EOA, 1, None, SINCE, None)]
    assert not Event.objects.filter(kind__startswith="share.").exists()


def test_all_are_counted_anew_from_a_day_to_come_and_what_held_stays_known(client, administrator):
    today = clock.today()
    old = Share.objects.create(provider=provider(EOA), weight=1, given=7, starts_on=SINCE)
    assert PAGE in client.get("/advice/routing/").content.decode()
    form = typed(client, e="2", l="1,000", most="5")
    for said in ("The shares are set. They hold from", "These shares are set already"):
        page = client.post(PAGE, form, follow=True)
        assert said in page.content.decode()
        assert dates.in_words(today + DAY) in page.content.decode()
    begun = [(EOA, 2, None, today + DAY, None), (LP, 1000, 5, today + DAY, None)]
    assert kept() == [(EOA, 1, None, SINCE, today + DAY), *begun]
    old.refresh_from_db()
    assert old.given == 7
    events = Event.objects.filter(kind__startswith="share.").order_by("pk")
    assert [each.kind for each in events] == ["share.end", "share.begin", "share.begin"]
    told = {"provider": old.provider_id, "weight": 1, "most": None}
    assert events[0].data == {**told, "from": (today + DAY).isoformat()}
    assert {each.actor_id for each in events} == {str(administrator.pk)}

    # What was to begin does not begin, and none left is none.
    later = (today + 9 * DAY).strftime("%d/%m/%Y")
    client.post(PAGE, typed(client, e="", l="3", starts_on=later))
    client.post(PAGE, typed(client, e="", l="", most=""))
    assert kept() == [(EOA, 1, None, SINCE, today + DAY)]
    with pytest.raises(ValueError, match="today"):
        shares.set_shares(group=None, parts={}, starts_on=today, seen=0, by=administrator)


def test_a_group_has_shares_of_its_own(client, administrator):
    Share.objects.create(provider=provider(EOA), weight=1, starts_on=SINCE)
    group = TopicGroup.objects.get(code="FIN")
    client.post(f"{PAGE}FIN/", typed(client, f"{PAGE}FIN/", l="1"))
    assert [row[:2] for row in kept(group)] == [(LP, 1)]
    assert kept() == [(EOA, 1, None, SINCE, None)]
    assert client.get(f"{PAGE}nothing/").status_code == 404


def test_what_somebody_else_set_meanwhile_is_shown_before_it_is_replaced(client, administrator):
    first, second = typed(client, e="1", l="1"), typed(client, e="4")
    client.post(PAGE, first)
    refused = client.post(PAGE, second)
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "Somebody set these shares while you were at it" in page
    assert refused.context["form"][f"weight-{EOA}"].value() == "4"
    assert [row[:2] for row in kept()] == [(EOA, 1), (LP, 1)]
    again = second | {"seen": refused.context["form"]["seen"].value()}
    assert client.post(PAGE, again).status_code == 302
    assert [row[:2] for row in kept()] == [(EOA, 4)]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"e": "half"}, "enter a whole number from 1 to 1,000"),
        ({"e": "0"}, "enter a whole number from 1 to 1,000"),
        ({"e": "-1"}, "enter a whole number from 1 to 1,000"),
        ({"e": "1001"}, "enter a whole number from 1 to 1,000"),
        ({"e": "1", "most": "5"}, "Give Local Partnerships a share, or empty its most a day"),
        ({"e": "1", "starts_on": "1/1/2011"}, "Enter tomorrow’s date or a later one"),
        ({"e": "1", "starts_on": "soon"}, "Enter the date with day, month and year"),
        ({"e": "<b>\x00"}, "There is a problem"),
    ],
)
def test_nonsense_gets_a_sentence_and_what_was_typed_stays(client, administrator, changed, said):
    page = client.post(PAGE, typed(client, **changed)).content.decode()
    assert said in page
    assert "There is a problem" in page
    if "\x00" not in changed["e"]:
        assert f'value="{changed["e"]}"' in page
    assert not Share.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_set_them_at_once_one_is_told_of_the_other():
    """There is no share yet that either could lock."""
    users = [somebody(Role.ADMINISTRATOR, employer()) for _ in range(2)]
    tomorrow = clock.today() + DAY

    def press(user, weight):
        parts = {provider(EOA): shares.Part(weight)}
        seen = shares.mark([])
        return shares.set_shares(group=None, parts=parts, starts_on=tomorrow, seen=seen, by=user)

    found = at_once(lambda: press(users[0], 1), lambda: press(users[1], 2))
    assert sorted(type(each).__name__ for each in found) == ["Clash", "bool"]
    assert Share.objects.count() == 1
