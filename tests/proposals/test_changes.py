"""Who changed what in a draft and when, readable by its team; and bringing a text back."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Role
from activity import clock
from proposals.draft import actions
from proposals.draft.actions.changes import SITTING
from proposals.draft.actions.writing import mark_of
from proposals.draft.models import Change, Member, Section, Status
from proposals.draft.questions import Table, topic
from tests.at_once import at_once
from tests.factories import somebody
from tests.look.forms import NASTY
from tests.proposals import builders

SERVICE = topic("service")
PAGE = SERVICE.page("description")
LIMITS = SERVICE.page("limits")


@pytest.fixture
def draft(stored, people):
    return stored(builders.draft_of, people)


def save(proposal, by, page=PAGE, **typed):
    section = Section.objects.filter(proposal=proposal, key="service").first()
    answers = section.answers if section else {}
    shown = {name: answers.get(name, "") for name in page.form.base_fields}
    form = page.form(data=shown | typed)
    seen = mark_of(answers, page)
    return actions.save_page(proposal, SERVICE, page, form, seen=seen, by=by)


def history(proposal):
    return reverse("proposals:history", args=[proposal.reference])


def one(proposal, number=1):
    return reverse("proposals:change", args=[proposal.reference, number])


def mark(proposal):
    return mark_of(Section.objects.get(proposal=proposal, key="service").answers, PAGE)


def test_nobody_but_the_team_reads_what_was_changed(client, people, draft):
    save(draft, people.editor, S9_how="counted")
    others = [somebody(), somebody(Role.REVIEWER), somebody(Role.ADMINISTRATOR)]

    for reader in others:
        client.force_login(reader)
        assert client.get(history(draft)).status_code == 404
        assert client.get(one(draft)).status_code == 404
        assert client.post(one(draft), {"seen": mark(draft)}).status_code == 404


def test_a_change_tells_who_when_where_and_both_texts(client, people, draft):
    before = Section.objects.get(proposal=draft, key="service").answers["S9_how"]
    save(draft, people.editor, S9_how="2026, counted at the door")
    client.force_login(people.viewer)

    listed = client.get(history(draft)).content.decode()
    page = client.get(one(draft)).content.decode()

    for text in (listed, page):
        assert people.editor.name in text
        assert "Which year is that, and how did you work it out?" in text
    assert "counted" in page
    assert before.split()[-1] in page
    assert "Describe the service you run now" not in page
    change = Change.objects.get()
    assert (change.before, change.after) == (
        {"S9_how": before},
        {"S9_how": "2026, counted at the door"},
    )


def test_a_change_of_many_figures_names_the_first(client, people, draft):
    about = topic("money")
    page = about.page("figures")
    answers = Section.objects.get(proposal=draft, key="money").answers
    changed = {"F4_source": "x", "F4": {}, "F5": {}, "F6": {}, "F7": {"team": "1"}}
    form = page.form(data=answers | changed)
    actions.save_page(draft, about, page, form, seen=mark_of(answers, page), by=people.lead)
    client.force_login(people.lead)

    listed = client.get(history(draft)).content.decode()

    assert "Managing the contract" in listed
    assert "One-off costs to the public" not in listed
    assert "and 2 more questions" in listed


def test_a_draft_in_which_nothing_was_changed_says_so(client, people, draft):
    client.force_login(people.lead)

    assert "Nobody has changed anything yet" in client.get(history(draft)).content.decode()
    assert client.get(one(draft)).status_code == 404


def test_saves_of_one_sitting_are_one_change(people, draft):
    for words in ("a", "a b", "a b c"):
        save(draft, people.editor, S9_how=words)

    change = Change.objects.get()
    assert change.after == {"S9_how": "a b c"}


def test_a_later_sitting_another_person_and_another_page_are_changes_of_their_own(people, draft):
    save(draft, people.editor, S9_how="a")
    save(draft, people.lead, S9_how="b")
    save(draft, people.lead, LIMITS, S10="not-sure", S10_doubt="c")
    with time_machine.travel(clock.now() + SITTING + datetime.timedelta(seconds=1)):
        save(draft, people.lead, S9_how="d")

    told = Change.objects.order_by("number").values_list("number", "by", "page", "after")
    assert list(told) == [
        (1, people.editor.pk, "description", {"S9_how": "a"}),
        (2, people.lead.pk, "description", {"S9_how": "b"}),
        (3, people.lead.pk, "limits", {"S10": "not-sure", "S10_doubt": "c"}),
        (4, people.lead.pk, "description", {"S9_how": "d"}),
    ]


def test_two_who_write_on_two_pages_by_turns_make_two_changes(people, draft):
    for words in ("a", "b", "c"):
        save(draft, people.editor, S9_how=words)
        save(draft, people.lead, LIMITS, S10="not-sure", S10_doubt=words)

    assert Change.objects.count() == 2


def test_what_is_saved_as_it_was_is_no_change(client, people, draft):
    before = Section.objects.get(proposal=draft, key="service").answers["S9_how"]
    save(draft, people.editor)
    assert not Change.objects.exists()

    save(draft, people.editor, S9_how="a")
    save(draft, people.editor, S9_how=before)

    client.force_login(people.editor)
    assert "Nobody has changed anything yet" in client.get(history(draft)).content.decode()
    save(draft, people.editor, S9_how="b")
    assert Change.objects.to_show().get().before == {"S9_how": before}


def test_an_earlier_text_is_brought_back_and_that_is_a_change(client, people, draft):
    before = Section.objects.get(proposal=draft, key="service").answers["S9_how"]
    save(draft, people.editor, S9_how="worse")
    client.force_login(people.lead)

    answer = client.post(one(draft), {"seen": mark(draft)}, follow=True)

    assert "The earlier text is back" in answer.content.decode()
    assert Section.objects.get(proposal=draft, key="service").answers["S9_how"] == before
    latest = Change.objects.order_by("number").last()
    assert (latest.by, latest.before, latest.after) == (
        people.lead,
        {"S9_how": "worse"},
        {"S9_how": before},
    )


def test_a_text_is_not_brought_back_over_what_a_colleague_wrote_meanwhile(client, people, draft):
    save(draft, people.editor, S9_how="worse")
    client.force_login(people.lead)
    seen = mark(draft)
    save(draft, people.editor, S9_how="a colleague's")

    answer = client.post(one(draft), {"seen": seen}, follow=True)

    assert "nothing was brought back" in answer.content.decode()
    assert Section.objects.get(proposal=draft, key="service").answers["S9_how"] == "a colleague's"


def test_who_may_only_read_brings_nothing_back(client, people, draft):
    save(draft, people.editor, S9_how="a")
    client.force_login(people.viewer)

    assert "Bring the earlier text back" not in client.get(one(draft)).content.decode()
    assert client.post(one(draft), {"seen": mark(draft)}).status_code == 403
    change = Change.objects.select_related("proposal").get()
    with pytest.raises(PermissionDenied):
        actions.restore(change, SERVICE, PAGE, seen=mark(draft), by=people.viewer)


def test_nothing_is_brought_back_once_signatures_are_asked_for(client, people, draft):
    save(draft, people.editor, S9_how="a")
    builders.ask_to_sign(draft, people)
    client.force_login(people.lead)

    assert "Bring the earlier text back" not in client.get(one(draft)).content.decode()
    answer = client.post(one(draft), {"seen": mark(draft)})
    assert answer.status_code == 409
    assert builders.again(draft).status == Status.AWAITING_SIGN_OFF


def test_what_people_typed_is_escaped_in_both_texts(client, people, draft):
    save(draft, people.editor, S9_how=NASTY)
    save(draft, people.lead, S9_how=f"{NASTY} again")
    client.force_login(people.lead)

    for number in (1, 2):
        assert "<script>alert" not in client.get(one(draft, number)).content.decode()


def test_a_change_of_a_page_that_is_no_longer_asked_is_named_and_leads_nowhere(
    client, people, draft
):
    save(draft, people.editor, S9_how="a")
    Change.objects.update(page="gone")
    client.force_login(people.lead)

    assert "A page that is no longer asked" in client.get(history(draft)).content.decode()
    assert client.get(one(draft)).status_code == 404


def begins_with_a_text(page):
    name = next(iter(page.form.base_fields))
    return page.form(data={name: "typed"}).typed()[name] == "typed"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_ten_who_save_different_pages_at_once_lose_nothing(stored, people):
    proposal = stored(builders.draft_of, people, complete=False)
    writers = [somebody() for _ in range(10)]
    Member.objects.bulk_create(
        Member(proposal=proposal, user=user, role="editor") for user in writers
    )
    pages = [
        (about, page)
        for about in (topic(key) for key in ("service", "staff", "model", "quality", "money"))
        for page in about.pages
        # The draft began with answers on the first two, and a table keeps no single text.
        if page.key not in ("name", "employer") and begins_with_a_text(page)
    ][: len(writers)]

    def save_one(writer, about, page):
        name = next(iter(page.form.base_fields))
        form = page.form(data={name: f"typed by {writer.pk}"})
        return lambda: actions.save_page(
            proposal, about, page, form, seen=mark_of({}, page), by=writer
        )

    jobs = [save_one(writer, *where) for writer, where in zip(writers, pages, strict=True)]
    results = at_once(*jobs)

    assert all(isinstance(result, Section) for result in results), results
    kept = dict(Section.objects.filter(proposal=proposal).values_list("key", "answers"))
    typed = [str(text) for answers in kept.values() for text in answers.values()]
    assert sum(text.startswith("typed by") for text in typed) == len(jobs)
    numbers = list(Change.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(jobs) + 1))


def test_a_table_reads_as_a_line_for_each_row():
    table = Table(
        ["Who", "When"], [[("Who", "Jo"), ("When", "May")], [("Who", "Ed"), ("When", "")]]
    )
    assert str(table) == "Who: Jo; When: May\nWho: Ed; When: "
