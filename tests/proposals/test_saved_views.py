"""Saved views of all cases: whose they are, who may open them, and that they widen nothing."""

import re
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Role
from proposals.draft.models import ConflictDeclaration, Status
from proposals.review.cases import actions
from proposals.review.cases.models import SavedView
from tests.factories import somebody
from tests.proposals import builders

pytestmark = pytest.mark.django_db
VIEWS, SAVE = reverse("proposals:views"), reverse("proposals:view_save")


@pytest.fixture
def owner(client):
    official = somebody(Role.REVIEWER)
    client.force_login(official)
    return official


def kept(owner, *, name="Late ones", filters="q=canary&due=late", shared=False):
    return actions.save_view(name=name, filters=filters, is_shared=shared, by=owner)


def page(name, view):
    return reverse(f"proposals:view_{name}", args=[view.key])


@pytest.mark.slow
def test_nobody_but_officials_has_saved_views(client, owner):
    view = kept(owner, shared=True)
    for role in set(Role) - {Role.REVIEWER, Role.DECISION_MAKER}:
        other = somebody(role)
        client.force_login(other)
        for address in (VIEWS, SAVE, *(page(name, view) for name in ("open", "change", "delete"))):
            assert client.get(address).status_code == 403, (role, address)
        assert not SavedView.objects.visible_to(other).exists()
        with pytest.raises(PermissionDenied):
            kept(other)
    client.logout()
    assert client.get(VIEWS).status_code == 302


def test_anothers_view_is_a_404_and_its_words_are_read_only_once_it_is_shared(client, owner):
    view = kept(owner)
    other = somebody(Role.DECISION_MAKER)
    client.force_login(other)
    for name in ("open", "change", "delete"):
        assert client.get(page(name, view)).status_code == 404
    assert "canary" not in client.get(VIEWS).content.decode()

    actions.change_view(view=view, name="Ours", is_shared=True, by=owner)

    words = client.get(VIEWS).content.decode()
    assert "“canary”" in words
    assert str(owner) in words
    assert client.get(page("open", view)).url.endswith("/all/?q=canary&due=late")
    for name in ("change", "delete"):
        for method in (client.get, client.post):
            assert method(page(name, view)).status_code == 404
    for change in (
        lambda: actions.change_view(view=view, name="Mine", is_shared=False, by=other),
        lambda: actions.delete_view(view=view, by=other),
    ):
        with pytest.raises(PermissionDenied):
            change()
    actions.change_view(view=view, name="Ours", is_shared=False, by=owner)
    assert client.get(page("open", view)).status_code == 404


def test_a_view_shows_its_reader_no_case_that_is_closed_to_them(client, owner):
    open_case, closed = builders.many(2, status=Status.ASSESSING)
    reader = somebody(Role.REVIEWER)
    ConflictDeclaration.objects.create(proposal=closed, user=reader, is_conflict=True)
    view = kept(owner, filters="status=assessing", shared=True)

    shown = client.get(page("open", view), follow=True).context["page"].rows
    assert {case.pk for case in shown} == {open_case.pk, closed.pk}
    client.force_login(reader)
    shown = client.get(page("open", view), follow=True).context["page"].rows
    assert [case.pk for case in shown] == [open_case.pk]


def test_filters_are_saved_as_they_are_in_use_and_lead_back_to_the_same_list(client, owner):
    asked = {"q": " rota ", "status": ["assessing", "submitted"], "since": "1/2/2026"}
    asked |= {"sector": "nowhere", "lead": "me", "until": ""}
    cases = client.get(reverse("proposals:cases"), asked)
    assert "Save this view" not in cases.content.decode()
    builders.many(1)
    cases = client.get(reverse("proposals:cases"), {"status": "submitted", "due": "soon"})
    link = re.search(r'href="([^"]*views/save/[^"]*)"', cases.content.decode())[1]
    assert link.replace("&amp;", "&") == f"{SAVE}?status=submitted&due=soon"

    saving = f"{SAVE}?{client.get(SAVE, asked).wsgi_request.META['QUERY_STRING']}"
    words = client.get(saving).content.decode()
    for shown in ("“rota”", "Assessing", "Submitted from 1 February 2026", "Answers for it: You"):
        assert shown in words
    client.post(saving, {"name": "Mine", "once": uuid.uuid4()})

    assert SavedView.objects.get().filters == (
        "q=rota&status=assessing&status=submitted&lead=me&since=1+February+2026"
    )
    opened = client.get(page("open", SavedView.objects.get()), follow=True)
    assert not opened.context["form"].errors
    assert len(opened.context["chips"]) == 5
    listed = client.get(VIEWS).content.decode()
    assert "Only you" in listed
    client.post(f"{SAVE}?show=archive", {"name": "All", "is_shared": "on", "once": uuid.uuid4()})
    archive = SavedView.objects.get(name="All")
    assert archive.filters == "show=archive"
    assert archive.is_shared


def test_pressed_twice_makes_one_and_another_page_another(client, owner):
    typed = {"name": "Late", "once": uuid.uuid4()}
    for _ in range(2):
        assert client.post(f"{SAVE}?due=late", typed).url == VIEWS
    assert SavedView.objects.count() == 1
    client.post(f"{SAVE}?due=late", typed | {"once": uuid.uuid4()})
    assert SavedView.objects.count() == 2


def test_what_is_typed_wrong_is_said_and_nothing_is_saved(client, owner, monkeypatch):
    for typed, sentence in (
        ({"name": " "}, "Enter a name, like “Late in the north”"),
        ({"name": "x" * 101}, "Your answer is 1 letter too long"),
        ({"name": "<b>\x00"}, None),
    ):
        answer = client.post(f"{SAVE}?due=late", typed | {"once": uuid.uuid4()})
        assert sentence is None or sentence in answer.content.decode()
        assert SavedView.objects.exists() is (sentence is None)
    assert "&lt;b&gt;" in client.get(VIEWS).content.decode()

    monkeypatch.setattr(SavedView, "MOST", 1)
    refused = client.post(f"{SAVE}?due=late", {"name": "Second", "once": uuid.uuid4()})
    assert "You have 1 view, and that is the most" in refused.content.decode()
    assert 'value="Second"' in refused.content.decode()
    assert SavedView.objects.count() == 1


def test_its_owner_renames_shares_and_deletes_a_view(client, owner):
    view = kept(owner, filters="lead=gone@home.example&due=soon")
    words = client.get(VIEWS).content.decode()
    assert "Due within 5 working days" in words
    assert "Some of its filters are offered no longer." in words
    assert 'value="Late ones"' in client.get(page("change", view)).content.decode()
    assert "Enter a name" in client.post(page("change", view), {"name": ""}).content.decode()

    for _ in range(2):
        client.post(page("change", view), {"name": "Soon", "is_shared": "on"})
    view.refresh_from_db()
    assert (view.name, view.is_shared, view.filters) == ("Soon", True, view.filters)

    assert "You share it" in client.get(page("delete", view)).content.decode()
    assert SavedView.objects.exists()
    assert client.post(page("delete", view)).url == VIEWS
    assert not SavedView.objects.exists()
    assert client.post(page("delete", view)).status_code == 404
