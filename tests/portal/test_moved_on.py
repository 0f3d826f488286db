"""The way on from "somebody has already moved this on", from the address of every step."""

import re
from functools import cache

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from accounts.examples import address
from accounts.models import User
from activity.middleware import MovedOnMiddleware
from activity.workflow import MovedOn
from advice.intake.models import Enquiry
from pathfinders.mentoring.models import Mentorship
from pathfinders.register.models import Pathfinder
from proposals.draft.models import Proposal
from proposals.ideas.models import Idea
from tests.house import addresses
from tests.pathfinders import factories

pytestmark = pytest.mark.slow

# where an address begins -> who reads there, and the records that it can be about
READERS = {
    "proposals": ("lead", Proposal),
    "casework": ("reviewer", Proposal),
    "pathfinders": ("coordinator", Pathfinder),
    "mentoring": ("coordinator", Mentorship),
    "advice": ("adviser", Enquiry),
    "ideas": ("coordinator", Idea),
}
# Parts of an address that name no record; any will do.
PARTS = {
    "key": "abc",
    "section": "service",
    "page": "name",
    "number": 1,
    "token": "x" * 43,
    "criterion": "savings",
}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
LINK = re.compile(r'href="([^"]+)">See it as it is now')


def steps() -> list[addresses.Address]:
    return [each for each in addresses.ours() if "<" in each.route]


def way_on(path: str, user, record) -> str:
    """The address that the page links to, for somebody who took a step at a path."""
    request = RequestFactory().post(path)
    request.user, request.session = user, SessionStore()
    request.resolver_match = resolve(path)
    page = MovedOnMiddleware(lambda request: page).process_exception(request, MovedOn(record))
    assert page.status_code == 409
    return LINK.search(page.content.decode())[1]


def opens(user, link: str) -> bool:
    browser = Client()
    browser.force_login(user)
    return browser.get(link).status_code in (200, 302)


def visible(model, user):
    return model.objects.visible_to(user).order_by("-revision").first()


def test_it_leads_to_the_record_or_to_where_the_reader_begins(examples):
    opened = cache(opens)
    for step in steps():
        begins = step.route.split("/")[0]
        names = PARAMETER.findall(step.route)
        if "reference" not in names:
            continue
        person, model = READERS[begins]
        user = User.objects.get(email=address(person))
        record = visible(model, user)
        words = PARTS | {"reference": record.reference}
        path = reverse(step.name, kwargs={name: words[name] for name in names})
        link = way_on(path, user, record)
        assert opened(user, link), f"{path} leads to {link}"
        is_own_page = step.route.endswith("reference>/")
        assert record.reference in link or is_own_page, f"{path} leads to {link}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/join/{token}/", "/start/"),
        ("/link/{token}/code/", "/start/"),
        ("/advice/e/{token}/add/", "/advice/e/{token}/"),
        ("/advice/next/", "/start/"),
        ("/pathfinders/PF-0001/people/abc/remove/", "/pathfinders/PF-0001/people/"),
    ],
)
def test_an_address_with_no_record_above_it_leads_to_where_the_reader_begins(path, leads_to):
    user = User.objects.create_user("amira@home.example", name="Amira")
    record = factories.entry()
    path, leads_to = (text.replace("{token}", PARTS["token"]) for text in (path, leads_to))
    assert way_on(path, user, record) == leads_to
    without_account = "/" if leads_to == "/start/" else leads_to
    assert way_on(path, AnonymousUser(), record) == without_account
