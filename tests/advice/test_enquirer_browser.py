"""The enquirer's own pages in a real browser: accessible and narrow."""

import uuid

import pytest

from activity import links
from advice.answers import actions as answers
from advice.intake.models import Contact
from tests.advice.factories import adviser, again, employer, held, let_go
from tests.browser import assert_accessible, assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_answer_is_read_rated_and_its_link_asked_for_anew(portal, page, line):
    user = adviser()
    made = held(user, email="jo@leicester.example")
    said = {"words": "Yes", "once": uuid.uuid4(), "seen": made.revision}
    let_go(answers.reply(enquiry=made, by=again(user), **said))
    mine = f"{portal}/advice/e/{links.issue('advice.mine', made)}/"
    page.goto(mine)
    page.get_by_role("button", name="Open the page").click()
    check(page)
    page.get_by_role("link", name="Say how it went").click()
    check(page)
    page.get_by_label("It helped with most of what I asked").check()
    page.get_by_role("button", name="Send").click()
    assert "You said of this: It helped with most of what I asked." in page.inner_text("main")
    Contact.objects.update(employer=employer())
    token = links.issue("advice.mine", made, address="jo@leicester.example")
    for path in (f"/link/{token}/code/", "/advice/find/", "/advice/find/sent/"):
        page.goto(portal + path)
        check(page)


def check(page):
    assert_accessible(page)
    assert_fits(page, 320)
