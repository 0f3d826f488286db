"""Saving while somebody types: the same as the button, told to the script of the page in JSON."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from activity.models import Event
from proposals.draft.models import Member, Section, Signature
from proposals.draft.questions import topic
from tests.proposals import builders
from tests.proposals.test_writing import kept, mark, page_of

SERVICE, PEOPLE, MONEY = topic("service"), topic("people"), topic("money")
DESCRIPTION = {"S5": "", "S9": "", "S9_how": ""}


def by_script(client, proposal, typed, seen=None, *, about=SERVICE, key="description", sent=()):
    seen = mark(proposal, about, key) if seen is None else seen
    data = {**typed, "seen": seen, "sent": [urlencode(each) for each in sent]}
    return client.post(page_of(proposal, about, key), data, headers={"Accept": "application/json"})


@pytest.fixture
def draft(stored, people, client):
    client.force_login(people.editor)
    return stored(builders.draft_of, people, complete=False)


def test_a_stranger_learns_nothing_and_writes_nothing(client, draft):
    client.force_login(builders.somebody())
    answer = by_script(client, draft, {"S5": "Mine"})
    assert answer.status_code == 404
    assert "S5" not in kept(draft, "service").answers


def test_whoever_reads_only_is_told_and_writes_nothing(client, draft, people):
    client.force_login(people.viewer)
    answer = by_script(client, draft, {"S5": "Mine"})
    assert answer.status_code == 403
    assert answer.json()["said"].startswith("Not saved. You can only read this now.")
    assert "S5" not in kept(draft, "service").answers


def test_whoever_left_the_team_meanwhile_writes_nothing(client, draft, people):
    Member.objects.filter(user=people.editor).delete()
    assert by_script(client, draft, {"S5": "Mine"}).status_code == 404
    assert "S5" not in kept(draft, "service").answers


def test_whoever_was_signed_out_is_told_what_to_do(draft):
    answer = by_script(Client(), draft, {"S5": "Mine"})
    assert answer.status_code == 403
    assert answer.json()["said"].startswith("Not saved: you were signed out.")
    # Also with nothing typed, which a person's browser is led to the sign-in page for.
    assert by_script(Client(), draft, {}).status_code == 403


def test_without_the_token_nothing_is_saved_and_the_one_of_the_cookie_will_do(draft, people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.editor)
    client.get(page_of(draft, SERVICE, "description"))
    cookie = client.cookies["csrftoken"]
    typed = {"S5": "Words", "seen": mark(draft, SERVICE, "description")}

    def post(**more):
        headers = {"Accept": "application/json", **more}
        return client.post(page_of(draft, SERVICE, "description"), typed, headers=headers)

    assert not cookie["httponly"]
    assert post().status_code == 403
    assert post(**{"X-CSRFToken": cookie.value}).status_code == 200


def test_it_is_saved_as_by_the_button_and_the_next_save_does_not_clash(client, draft, people):
    first = by_script(client, draft, DESCRIPTION | {"S5": "One"})
    assert first.status_code == 200
    assert first.json()["said"].startswith("Saved at ")
    assert 3590 <= int(first.headers["Session-Seconds"]) <= 3600
    section = kept(draft, "service")
    assert (section.answers["S5"], section.saved_by) == ("One", people.editor)

    second = by_script(client, draft, DESCRIPTION | {"S5": "One two"}, first.json()["seen"])
    data = DESCRIPTION | {"S5": "One two three", "seen": second.json()["seen"]}
    pressed = client.post(page_of(draft, SERVICE, "description"), data)
    assert pressed.url == page_of(draft, SERVICE, "breadth")
    assert kept(draft, "service").answers["S5"] == "One two three"


def test_wrong_answers_are_saved_and_right_ones_promoted(client, draft):
    wrong = builders.boxes(builders.MONEY) | {"F5_2": "1.2m"}
    answer = by_script(client, draft, wrong, about=MONEY, key="figures")
    assert answer.status_code == 200
    assert kept(draft, "money").answers["F5"]["2"] == "1.2m"
    by_script(client, draft, {"F3_pay": "1,000", "F2": "x"}, about=MONEY, key="today")
    assert builders.again(draft).base_cost_pence == 100_000


def test_many_saves_leave_no_line_in_the_history(client, draft):
    before = Event.objects.count()
    for n in range(5):
        by_script(client, draft, DESCRIPTION | {"S5": f"Words {n}"})
    assert Event.objects.count() == before
    assert Section.objects.filter(proposal=draft, key="service").count() == 1


def test_a_colleague_who_saved_first_is_not_overwritten(client, draft, people):
    seen = mark(draft, SERVICE, "description")
    by_script(client, draft, DESCRIPTION | {"S5": "Theirs"}, seen)
    client.force_login(people.lead)
    answer = by_script(client, draft, DESCRIPTION | {"S5": "Mine"}, seen)
    assert answer.status_code == 409
    said = answer.json()["said"]
    assert said.startswith(f"Not saved: {people.editor.name} saved this page at ")
    assert said.endswith("Press the button to see both texts.")
    assert kept(draft, "service").answers["S5"] == "Theirs"


def test_another_window_of_ones_own_is_told_as_such_and_shows_both_texts(client, draft):
    seen = mark(draft, SERVICE, "description")
    by_script(client, draft, DESCRIPTION | {"S5": "There"}, seen)
    answer = by_script(client, draft, DESCRIPTION | {"S5": "Here"}, seen)
    assert answer.status_code == 409
    assert "in another window" in answer.json()["said"]

    data = DESCRIPTION | {"S5": "Here", "seen": seen}
    both = client.post(page_of(draft, SERVICE, "description"), data)
    assert both.status_code == 409
    words = both.content.decode()
    assert "You saved this page in another window first" in words
    assert "A colleague" not in words
    assert "There" in words
    assert "Here" in words


def test_a_save_whose_answer_was_lost_does_not_clash_with_the_next(client, draft):
    seen = mark(draft, SERVICE, "description")
    one, two = (DESCRIPTION | {"S5": text} for text in ("One\r\n£ and 🙂", "One\r\ntwo"))
    by_script(client, draft, one, seen)
    assert by_script(client, draft, two, seen).status_code == 409
    assert by_script(client, draft, two, seen, sent=[one]).status_code == 200
    three = DESCRIPTION | {"S5": "Three", "seen": seen, "sent": urlencode(two)}
    assert client.post(page_of(draft, SERVICE, "description"), three).status_code == 302


def test_an_earlier_text_that_comes_late_does_not_overwrite_a_later_one(client, draft):
    seen = mark(draft, SERVICE, "description")
    early, late = (DESCRIPTION | {"S5": text} for text in ("Early", "Late"))
    assert by_script(client, draft, late, seen, sent=[early]).status_code == 200
    assert by_script(client, draft, early, seen).status_code == 409
    assert kept(draft, "service").answers["S5"] == "Late"


@pytest.mark.parametrize("sent", ["%ff=%00&&&==", "S5=" + "x" * 5000, "\x00", "S5=a;S5=b"])
def test_what_is_no_text_of_this_page_lets_nobody_overwrite(client, draft, people, sent):
    by_script(client, draft, DESCRIPTION | {"S5": "Theirs"})
    client.force_login(people.lead)
    data = DESCRIPTION | {"S5": "Mine", "seen": "", "sent": [sent] * 50}
    address = page_of(draft, SERVICE, "description")
    answer = client.post(address, data, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert kept(draft, "service").answers["S5"] == "Theirs"


def test_people_who_were_asked_to_sign_keep_what_they_sign(client, people):
    client.force_login(people.editor)
    proposal = builders.ask_to_sign(builders.draft_of(people), people)
    asked = Signature.objects.current().filter(proposal=proposal).count()
    answer = by_script(client, proposal, {"S1": "Another name"}, key="name")
    assert answer.status_code == 409
    assert answer.json()["said"].startswith("Not saved: this draft is closed to changes now.")
    assert kept(proposal, "service").answers["S1"] == "Wolds community nursing"
    assert Signature.objects.current().filter(proposal=proposal).count() == asked == 2


def test_what_was_saved_by_itself_is_what_people_sign(client, people):
    client.force_login(people.editor)
    proposal = builders.draft_of(people)
    name = builders.answers(proposal.employer)["service"] | {"S1": "Fenland nursing"}
    assert by_script(client, proposal, name, key="name").status_code == 200
    proposal = builders.sign_all(builders.ask_to_sign(builders.again(proposal), people))
    builders.draft.submit(proposal=proposal, seen=proposal.revision, by=people.lead)
    assert proposal.versions.get().content["sections"]["service"]["S1"] == "Fenland nursing"


def test_what_could_not_be_read_at_all_is_no_json_so_the_script_tries_again(
    client, draft, settings
):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    answer = by_script(client, draft, DESCRIPTION | {"S5": "x" * 20}, "")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(("about", "key"), [(SERVICE, "name"), (MONEY, "figures")])
def test_the_page_asks_for_it_and_says_what_to_do_when_it_fails(client, draft, about, key):
    words = client.get(page_of(draft, about, key)).content.decode()
    assert "data-autosave" in words
    assert (
        'role="status" data-saved data-failed="Not saved. Keep this page open; use Save and'
        in words
    )
