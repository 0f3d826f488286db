"""What an enquiry is about, and a proposal that is started from it."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from activity.models import Event
from advice.intake.models import About
from tests.advice.factories import (
    CANARIES,
    CANARY_WORDS,
    adviser,
    again,
    canary,
    employer,
    enquiry,
    held,
    link,
    provider,
)
from tests.pathfinders.factories import entry

pytestmark = pytest.mark.django_db
NO_PROPOSAL = "RTP-2026-9999"


def address(made, name="link"):
    return reverse(f"advice:{name}", args=[made.reference])


class TestLinking:
    @pytest.fixture
    def user(self):
        return adviser()

    @pytest.fixture
    def made(self, user, client):
        made = held(user)
        client.force_login(user)
        return made

    def test_only_those_of_its_provider_link_it(self, client, made):
        client.force_login(adviser(provider("co-operatives-uk")))
        assert client.get(address(made)).status_code == 404
        assert client.post(address(made), {"about": NO_PROPOSAL}).status_code == 404
        assert not About.objects.exists()

    def test_the_enquirer_reads_nothing_of_it(self, client, made):
        client.post(address(made), {"about": NO_PROPOSAL})
        theirs = Client()
        token = link(theirs, made)
        for path in ("", "add/", "withdraw/", "start-proposal/"):
            page = theirs.get(f"/advice/e/{token}/{path}")
            assert (page.status_code, NO_PROPOSAL in page.content.decode()) == (200, False)

    def test_a_reference_is_kept_as_told_and_says_not_whether_there_is_one(self, client, made):
        answer = client.post(address(made), {"about": " rtp-2026-9999 "})
        assert answer.url == address(made, "enquiry")
        page = client.get(answer.url).content.decode()
        assert f"Proposal {NO_PROPOSAL}" in page
        assert f'href="/proposals/{NO_PROPOSAL}' not in page
        assert Event.objects.get(kind="enquiry.link").data == {"about": NO_PROPOSAL}

    def test_a_pathfinder_is_linked_by_name_while_everybody_may_see_it(self, client, made):
        public, private = entry(), entry(published=False)
        client.post(address(made), {"about": public.reference})
        page = client.get(address(made, "enquiry")).content.decode()
        assert f'href="/pathfinders/{public.reference}/">{public.name}<' in page
        refused = client.post(address(made), {"about": private.reference}).content.decode()
        assert "No pathfinder in the public register has this reference" in refused
        assert private.name not in refused

    def test_twice_is_once_and_taken_off_it_is_gone(self, client, made):
        for _press in range(2):
            client.post(address(made), {"about": NO_PROPOSAL})
        assert About.objects.count() == Event.objects.filter(kind="enquiry.link").count() == 1
        for _press in range(2):
            answer = client.post(address(made), {"unlink": NO_PROPOSAL}, follow=True)
        assert f"{NO_PROPOSAL} is no longer linked." in answer.content.decode()
        assert Event.objects.filter(kind="enquiry.unlink").count() == 1
        assert not About.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("", "Enter the reference that the enquirer told you"),
            ("ENQ-2026-000001", "Enter a reference like RTP-2026-0001"),
            ("<b>RTP-2026-0001", "Enter a reference like RTP-2026-0001"),
            ("RTP-2026-0001" * 9, "16"),
        ],
    )
    def test_anything_else_gets_a_sentence_and_stays_typed(self, client, made, typed, said):
        page = client.post(address(made), {"about": typed}).content.decode()
        assert said in page
        assert "<b>RTP" not in page
        assert not About.objects.exists()

    def test_the_database_keeps_references_only(self, made, user):
        with pytest.raises(IntegrityError), transaction.atomic():
            About.objects.create(enquiry=made, reference="Wilhelmina", by=again(user))


class TestStartingAProposal:
    def page(self, token):
        return f"/advice/e/{token}/start-proposal/"

    def test_without_proof_nothing_is_read(self, client):
        made = canary()
        token = link(client, made, proved=False, address="jo@home.example")
        answer = client.get(self.page(token), follow=True).content.decode()
        assert CANARIES["employer_name"] not in answer

    def test_what_is_known_of_the_employer_comes_along_and_nothing_else(self, client):
        trust = employer()
        canaries = {**CANARIES, "employer_name": ""}
        token = link(client, enquiry(employer=trust, **canaries))
        assert self.page(token) in client.get(f"/advice/e/{token}/").content.decode()
        assert trust.name in client.get(self.page(token)).content.decode()

        answer = client.post(self.page(token))

        assert answer.url == reverse("proposals:new")
        client.force_login(adviser())
        form = client.get(answer.url).content.decode()
        assert trust.name in form
        for secret in (*filter(None, canaries.values()), CANARY_WORDS):
            assert secret not in form

    def test_an_employer_that_we_do_not_know_comes_along_by_its_name(self, client):
        token = link(client, canary())
        answer = client.post(self.page(token))
        client.force_login(adviser())
        assert CANARIES["employer_name"] in client.get(answer.url).content.decode()

    def test_who_told_nothing_begins_with_an_empty_form(self, client):
        token = link(client, enquiry())
        assert "begins empty" in client.get(self.page(token)).content.decode()
        assert client.post(self.page(token)).url == reverse("proposals:new")
