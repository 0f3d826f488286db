"""A lock that did not come in time is a page with what was typed; other errors are Django's."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError, connection, transaction
from django.test import RequestFactory

from activity.middleware import MovedOnMiddleware

pytestmark = pytest.mark.django_db


def answer_to(code: str):
    """What becomes of an error of the database, met while a form was sent."""
    request = RequestFactory().post("/proposals/new/", {"name": "<b>Nursing</b>"})
    request.user = AnonymousUser()
    with (
        pytest.raises(OperationalError) as met,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$")
    return MovedOnMiddleware(lambda request: None).process_exception(request, met.value)


def test_who_waited_in_vain_keeps_what_they_typed():
    page = answer_to("55P03")
    assert page.status_code == 503
    assert "Somebody else is saving this" in page.content.decode()
    assert "&lt;b&gt;Nursing&lt;/b&gt;" in page.content.decode()


def test_another_error_is_not_ours_to_answer():
    assert answer_to("57014") is None
