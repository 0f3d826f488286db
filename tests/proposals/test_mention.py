"""Mentions in notes among officials: who can be, who is told, and what nobody else learns."""

import html
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Role
from activity import clock
from activity.models import Event, Notification
from proposals import telling
from proposals.draft.models import Member, Status
from proposals.review import actions as review
from proposals.review import mentioning, queue
from proposals.review.mentioning import called
from proposals.review.models import Mention, Note
from tests.factories import somebody
from tests.proposals import builders
from tests.proposals.test_pages import all_addresses


@pytest.fixture
def case(stored, people, staff):
    return stored(builders.proposal_at, Status.ASSESSING, people, staff)


@pytest.fixture
def colleague(case):
    """An official of the case who declared none, by a name of their own."""
    found = somebody(Role.REVIEWER)
    found.name = "Canary Okoro"
    found.save()
    builders.declare_none(case, found)
    return found


def address(case):
    return reverse("proposals:notes", args=[case.reference])


def written(text="Canary <b>words</b>", **more):
    return {**builders.said(text), **more}


def read(client, case):
    return html.unescape(client.get(address(case)).content.decode())


def told():
    return [each.user for each in Notification.objects.filter(kind="case.mention")]


CLOSED = {
    "silent": lambda case, who: None,
    "conflict": lambda case, who: review.declare(proposal=case, is_conflict=True, by=who),
    "later conflict": lambda case, who: [
        review.declare(proposal=case, is_conflict=each, by=who) for each in (False, True)
    ],
    "in the team": lambda case, who: [
        builders.declare_none(case, who),
        Member.objects.create(proposal=case, user=who, role="viewer"),
    ],
    "role ended": lambda case, who: [
        builders.declare_none(case, who),
        who.appointments.update(ends_on=clock.today()),
    ],
}


@pytest.mark.parametrize("closed", CLOSED)
def test_nobody_to_whom_the_case_is_closed_is_offered_or_told(client, staff, case, closed):
    other = somebody(Role.REVIEWER)
    other.name = "Xanthe Closed"
    other.save()
    CLOSED[closed](case, other)
    client.force_login(staff.reviewer)
    assert "Xanthe" not in read(client, case)
    for typed in (written(colleagues=[other.email]), written("@Xanthe, look.")):
        page = client.post(address(case), typed)
        assert page.status_code == 200
        assert b"There is a problem" in page.content
    review.write_note(
        proposal=case, **builders.said("Past the form."), colleagues=[other], by=staff.reviewer
    )
    assert Note.objects.count() == 1
    assert not Mention.objects.exists()
    assert told() == []


def test_a_colleague_who_is_ticked_or_called_is_told_once(client, staff, case, colleague):
    client.force_login(staff.reviewer)
    typed = written("@canary okoro, see the lease. (@Canary)", colleagues=[colleague.email])
    for _time in range(2):
        assert client.post(address(case), typed).url == address(case)
    assert told() == [colleague]
    mention = Mention.objects.get()
    assert (mention.user, mention.read_at, str(mention)) == (
        colleague,
        None,
        f"mention in {Note.objects.get().pk}",
    )
    page = read(client, case)
    assert "Mentioned: <strong>Canary Okoro</strong>" in page
    assert "A note mentions you" not in page
    assert "Canary" not in str(list(Event.objects.values("kind", "data")))
    # The writer cannot mention themselves.
    assert staff.reviewer.email not in page


def test_the_mail_says_nothing_of_it_and_its_link_leads_to_the_notes(staff, case, colleague):
    review.write_note(proposal=case, **written(), colleagues=[colleague], by=staff.reviewer)
    notice = Notification.objects.get(kind="case.mention")
    assert telling.address(notice, case) == address(case)
    assert not telling.is_quiet(notice, case)
    assert telling.guard(notice, case) is None
    review.declare(proposal=case, is_conflict=True, by=colleague)
    assert telling.guard(Notification.objects.get(pk=notice.pk), case) == "conflict"


def test_it_waits_in_my_work_until_it_is_answered_or_read(client, staff, case, colleague):
    def waiting():
        found = client.get(reverse("proposals:work"), {"queue": "mentioned"})
        counts = {each.key: count for each, count in found.context["queues"]}
        return [each.pk for each in found.context["page"].rows], counts["mentioned"]

    for finish in ("answer", "read"):
        review.write_note(proposal=case, **written(), colleagues=[colleague], by=staff.reviewer)
        client.force_login(colleague)
        assert waiting() == ([case.pk], "1")
        assert "A note mentions you" in read(client, case)
        row = client.get(reverse("proposals:work"), {"queue": "mentioned"}).content.decode()
        assert f'app-rows__what" href="{address(case)}"' in row
        assert waiting() == ([case.pk], "1"), "to open it writes nothing"
        typed = written("Done.") if finish == "answer" else {"press": "read"}
        assert client.post(address(case), typed).url == address(case)
        assert waiting() == ([], "0")
        assert "A note mentions you" not in read(client, case)
    page = client.get(reverse("proposals:work"), {"queue": "mentioned"})
    assert "No note that mentions you waits for you." in page.content.decode()
    client.force_login(staff.reviewer)
    assert waiting() == ([], "0")


def test_what_is_closed_or_over_waits_in_nobodys_queue(people, staff, case, colleague):
    review.write_note(proposal=case, **written(), colleagues=[colleague], by=staff.reviewer)
    visible = type(case).objects.of_officials(colleague)
    assert set(queue.mentioned(visible, colleague)) == {case}
    review.declare(proposal=case, is_conflict=True, by=colleague)
    assert not queue.mentioned(type(case).objects.of_officials(colleague), colleague).exists()


@pytest.mark.slow
def test_team_and_whoever_has_a_conflict_learn_nothing(client, people, staff, case, colleague):
    review.write_note(proposal=case, **written(), colleagues=[colleague], by=staff.reviewer)
    barred = somebody(Role.REVIEWER)
    review.declare(proposal=case, is_conflict=True, by=barred)
    for who in (people.lead, barred):
        client.force_login(who)
        for page in [*all_addresses(case), reverse("proposals:history", args=[case.reference])]:
            assert b"Canary" not in client.get(page).content, page
        assert client.post(address(case), {"press": "read"}).status_code == 404
    assert set(told()) == {colleague}
    with pytest.raises(PermissionDenied):
        review.write_note(proposal=case, **written(), colleagues=[colleague], by=people.lead)


def test_a_name_that_is_nobodys_keeps_what_was_typed(client, staff, case, colleague):
    client.force_login(staff.reviewer)
    page = client.post(address(case), written("See @Cana <b> please ring ruth@home.example"))
    words = html.unescape(page.content.decode())
    assert "“Cana” is not the name of just one colleague who can be mentioned." in words
    assert "See @Cana &lt;b&gt;" in page.content.decode()
    assert not Note.objects.exists()
    done = client.post(address(case), written("Ring ruth@home.example @ noon, <script>"))
    assert done.status_code == 302
    assert told() == []
    assert "<script>" not in client.get(address(case)).content.decode().split("<main")[1]


def person(name):
    class Named(SimpleNamespace):
        __hash__ = object.__hash__

        def __str__(self):
            return self.name

    return Named(name=name)


def test_whom_a_text_calls():
    ann, anna, other, brown = people = [
        person(name) for name in ("Ann Lee", "Ann Lee-Smith", "Zoë O'Neil", "Zed Brown")
    ]
    for text, found, unknown in (
        ("@Ann Lee, and @ann lee again", [ann], []),
        ("@Ann Lee-Smith", [anna], []),
        ("@Ann", [], ["Ann"]),
        ("@Annabel", [], ["Annabel"]),
        ("(@zoë) and @Zed Brownlee", [other, brown], []),
        ("a@zed.example, @", [], []),
        ("@Nobody\n@Nobody @Zed", [brown], ["Nobody"]),
        ("", [], []),
    ):
        assert called(text, people) == (found, unknown), text
    assert mentioning.called("@Ann", []) == ([], ["Ann"])
