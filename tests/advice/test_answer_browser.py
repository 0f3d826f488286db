"""Writing a reply in a real browser: an answer put in where the cursor stands, kept by itself."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from advice.answers.models import ReplyDraft
from advice.intake.models import Message
from tests.advice.factories import adviser, held
from tests.browser import assert_accessible, assert_fits, sign_in
from tests.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_reply_from_the_first_word_to_taking_it_back(portal, page, line):
    user, colleague = adviser(), adviser()
    made = held(user)
    sign_in(page.context, portal, user)
    address = portal + reverse("advice:reply", args=[made.reference])
    page.goto(address)
    words = page.get_by_label("Your reply")
    words.fill("Dear Jo,\n\nYours")
    words.evaluate("box => box.setSelectionRange(8, 8)")
    page.get_by_text("Put in a canned answer").click()
    assert_accessible(page)
    assert_fits(page, 320)
    page.get_by_role("button", name="Insert Whether we need a ballot").click()
    expect(words).to_have_value(re.compile(r"^Dear Jo,\n\nAs a rule no law says"))
    expect(words).to_be_focused()
    assert words.input_value().endswith("first.\n\nYours")
    expect(page.get_by_text("Saved at")).to_be_visible()
    eventually(ReplyDraft.objects.filter(used="STF-1.1").exists, 10)
    draft = ReplyDraft.objects.get()
    assert draft.words == words.input_value()
    page.goto(address)
    page.get_by_role("button", name="Attach files").click()
    assert_accessible(page)
    page.get_by_role("link", name="The reply").click()
    page.get_by_role("button", name="Have a colleague read it").click()
    page.get_by_label("Who reads it?").select_option(label=str(colleague))
    assert_accessible(page)
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("button", name="Send reply").click()
    assert_accessible(page)
    assert Message.objects.get(author=user).used.count() == 1
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("This is what you took back.")).to_be_visible()
    expect(page.get_by_label("Your reply")).to_have_value(draft.words)
