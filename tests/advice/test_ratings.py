"""What enquirers said of answers, on the page of their lead; and every new form broken."""

import uuid

import pytest

from accounts.models import Role
from activity import clock
from advice.answers import actions as answers
from advice.intake import actions as intake
from advice.intake.models import Went
from tests.advice.factories import (
    advice_lead,
    adviser,
    again,
    employer,
    held,
    holder,
    let_go,
    link,
    provider,
    somebody,
)
from tests.advice.test_broken_forms import BROKEN, KEPT, check
from tests.advice.test_find import form as find_form

pytestmark = pytest.mark.django_db

PATH = "/advice/ratings/"
FEW = {how: BROKEN[how] for how in ("missing", "null", "controls", "long")}


def answered(**fields):
    user = adviser()
    made = held(user, **fields)
    said = {"words": "Yes", "once": uuid.uuid4(), "seen": made.revision}
    return let_go(answers.reply(enquiry=made, by=again(user), **said))


def rated(went=Went.NOT, words="<i>Canary</i>"):
    made = answered()
    return intake.rate(enquiry=made, went=went, words=words, seen=made.revision, by=holder(made))


def test_a_lead_reads_totals_and_words_of_their_provider(client):
    said = rated()
    rated(Went.SOLVED, "")
    client.force_login(advice_lead())
    page = " ".join(client.get(PATH).content.decode().split())
    assert "&lt;i&gt;Canary" in page
    assert f"/advice/enquiries/{said.answer.enquiry.reference}/" in page
    for label, count in ((Went.SOLVED.label, 1), (Went.PARTLY.label, 0), (Went.NOT.label, 1)):
        assert (
            f'{label}</th><td class="govuk-table__cell govuk-table__cell--numeric">{count}<' in page
        )


def test_the_lead_of_another_provider_reads_nothing_of_it(client):
    rated()
    client.force_login(advice_lead(provider("co-operatives-uk")))
    page = client.get(PATH).content.decode()
    assert "Nobody has said anything yet." in page
    assert "Canary" not in page


def test_nobody_else_sees_the_page(client):
    rated()
    assert client.get(PATH).url.startswith("/accounts/sign-in/")
    for reader in (adviser(), somebody(), somebody(Role.COORDINATOR, employer())):
        client.force_login(reader)
        assert client.get(PATH).status_code == 403
    client.force_login(advice_lead())
    assert client.post(PATH).status_code == 405
    assert PATH in client.get("/advice/queue/").content.decode()


@pytest.mark.parametrize("how", ["null", "long", "HTML", "number"])
def test_a_page_asked_for_in_a_broken_way_is_a_page(client, how):
    rated()
    client.force_login(advice_lead())
    assert client.get(PATH, {"after": BROKEN[how]}).status_code == 200


def test_the_form_that_says_how_it_went_broken(client):
    made = answered()
    form = {"went": "partly", "words": KEPT, "seen": made.revision}
    check(client, f"/advice/e/{link(client, made)}/rate/", form, ["words"], FEW)


def test_the_form_of_a_lost_link_broken(client):
    check(client, "/advice/find/", find_form("jo@home.example", website=""), ["email"])


def test_the_form_of_a_level_broken(client):
    made = held(adviser())
    client.force_login(advice_lead())
    form = {"level": "complex", "reason": KEPT, "seen": made.revision, "once": str(uuid.uuid4())}
    check(client, f"/advice/enquiries/{made.reference}/level/", form, ["reason"], FEW)
    assert clock.now() < made.resolve_due_at
