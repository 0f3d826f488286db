"""Who learns of a document, who gets it, and who of its name: nobody beside team and officials."""

import pytest
from django.core import mail
from django.urls import reverse

import advice.reference
from accounts.models import Role
from activity import delivery
from activity.models import Notification
from activity.models.documents import Scan
from proposals.draft import actions
from proposals.draft.models import Document, Member, Proposal
from tests.advice import factories as line
from tests.factories import somebody
from tests.proposals import builders, documents, officials
from tests.proposals.test_versions_compare import read


@pytest.fixture
def case(stored, people, staff):
    return stored(with_documents, people, staff)


def with_documents(people, staff):
    """A submitted proposal with one document, and one more that waits for the next version."""
    draft = builders.draft_of(people)
    documents.add(draft, people.lead, "Canary minutes.txt", b"Submitted.", title="Canary words")
    proposal = officials_have(builders.again(draft), people, staff)
    builders.review.begin(proposal=proposal, seen=proposal.revision, by=staff.reviewer)
    asked = builders.ask_changes(builders.again(proposal), staff, ("staff", "worries"))
    documents.add(asked, people.editor, "Later.txt", b"Not submitted.")
    return builders.again(asked)


def officials_have(draft, people, staff):
    officials.keep_contact(draft.employer)
    signed = builders.sign_all(builders.ask_to_sign(builders.again(draft), people))
    actions.submit(proposal=signed, seen=signed.revision, by=people.lead)
    builders.declare_none(signed, staff.reviewer, staff.countersigner)
    return builders.again(signed)


@pytest.fixture
def submitted(case):
    return Document.objects.get(name="Canary minutes.txt")


@pytest.fixture
def later(case):
    return Document.objects.get(name="Later.txt")


def addresses(document):
    """Every address of a document: of its team, and of officials."""
    reference = document.proposal.reference
    return {
        "list": reverse("proposals:documents", args=[reference]),
        "download": reverse("proposals:document_download", args=[reference, document.key]),
        "remove": reverse("proposals:document_remove", args=[reference, document.key]),
        "case": reverse("proposals:case_document_download", args=[reference, document.key]),
    }


def statuses(client, who, document):
    client.force_login(who)
    answers = {name: client.get(path) for name, path in addresses(document).items()}
    assert "Canary" not in answers["remove"].content.decode() or who_is_in(who, document)
    return {name: answer.status_code for name, answer in answers.items()}


def who_is_in(who, document):
    return Member.objects.current().filter(user=who, proposal=document.proposal).exists()


NOWHERE = dict.fromkeys(("list", "download", "remove", "case"), 404)
TEAM = {"list": 200, "download": 200, "remove": 200, "case": 404}


def test_who_opens_which_address(client, case, people, staff, submitted, later):
    advice.reference.load()
    former, barred, both = somebody(), somebody(Role.REVIEWER), somebody(Role.REVIEWER)
    Member.objects.create(proposal=case, user=former, role="editor", employed=True)
    actions.leave(proposal=case, by=former)
    builders.review.declare(proposal=case, is_conflict=True, by=barred)
    Member.objects.create(proposal=case, user=both, role="viewer", employed=True)
    other = builders.team()
    builders.draft_of(other)
    for who in (people.lead, people.editor, people.viewer, both):
        assert statuses(client, who, submitted) == TEAM
        assert statuses(client, who, later) == TEAM
    for who in (staff.reviewer, staff.countersigner):
        assert statuses(client, who, submitted) == NOWHERE | {"case": 200}
        assert statuses(client, who, later) == NOWHERE
    for who in (
        *(somebody(), former, barred, other.lead, line.adviser()),
        *(somebody(role) for role in Role if role not in (Role.REVIEWER, Role.DECISION_MAKER)),
    ):
        assert statuses(client, who, submitted) == NOWHERE
    undeclared = somebody(Role.REVIEWER)
    assert statuses(client, undeclared, submitted) == NOWHERE | {"case": 302}
    client.logout()
    for path in addresses(submitted).values():
        assert client.get(path).url.startswith(reverse("account_login"))


def test_who_is_among_the_readers_of_a_document(case, people, staff, submitted, later):
    barred, other = somebody(Role.DECISION_MAKER), builders.team()
    builders.review.declare(proposal=case, is_conflict=True, by=barred)
    builders.draft_of(other)

    def readable(who):
        return set(Document.objects.visible_to(who).values_list("name", flat=True))

    for who in vars(people).values():
        assert readable(who) == {submitted.name, later.name}
    assert readable(staff.reviewer) == {submitted.name}
    nobody = officials.holder(officials.live(case))
    for who in (barred, other.lead, somebody(), somebody(Role.ADVISER), nobody):
        assert readable(who) == set()


def test_only_the_record_in_the_address_opens_its_documents(
    stored, client, case, people, submitted
):
    other = stored(builders.draft_of, people)
    client.force_login(people.lead)
    args = [other.reference, submitted.key]
    for name in ("document_download", "document_remove"):
        assert client.get(reverse(f"proposals:{name}", args=args)).status_code == 404


def test_what_a_viewer_or_official_sends_changes_nothing(client, case, people, staff, submitted):
    for who, refused in ((people.viewer, 403), (staff.reviewer, 404), (somebody(), 404)):
        client.force_login(who)
        fields = {"section": "staff", "file": documents.upload("x.txt", b"x"), "once": case.once}
        assert client.post(addresses(submitted)["list"], fields).status_code == refused
        assert client.post(addresses(submitted)["remove"]).status_code == refused
    assert Document.objects.count() == 2


def test_an_employers_official_reads_no_name_and_gets_no_file(client, case, submitted):
    path = officials.opened(client, officials.live(case))
    for page in (path, f"{path}hand-on/"):
        text = client.get(page).content.decode()
        assert "Canary" not in text
        assert submitted.key not in text
        assert "/documents/" not in text
    for each in addresses(submitted).values():
        assert client.get(each).url.startswith(reverse("account_login"))


def test_no_search_and_no_page_beside_tells_of_a_document(client, case, people, staff, later):
    advice.reference.load()
    for who in (staff.reviewer, somebody(), people.lead, line.adviser()):
        client.force_login(who)
        page = client.get(reverse("search"), {"q": "Canary minutes"})
        assert "Canary minutes.txt" not in page.content.decode()
    overview = read(client, "case", case, staff.reviewer)
    assert "Canary" not in overview
    assert later.name not in overview


def test_officials_read_of_what_was_submitted_on_the_page_of_its_version(
    client, case, people, staff, submitted, later
):
    for name, who in (("version", people.viewer), ("case_version", staff.reviewer)):
        client.force_login(who)
        path = reverse(f"proposals:{name}", args=[case.reference, 1])
        text = client.get(path).content.decode()
        for words in (
            submitted.name,
            "Canary words",
            submitted.sha256,
            "Not scanned",
            submitted.key,
        ):
            assert words in text
        assert later.name not in text
        assert "have not been checked for viruses" in text


def test_an_official_is_warned_before_a_file_that_nobody_scanned(client, case, staff, submitted):
    client.force_login(staff.reviewer)
    path = addresses(submitted)["case"]
    warned = client.get(path)
    assert "has not been checked for viruses" in warned.content.decode()
    assert b"Submitted." not in warned.content
    assert client.get(path, {"warned": "yes"}).getvalue() == b"Submitted."
    Document.objects.update(scan=Scan.CLEAN)
    assert client.get(path).getvalue() == b"Submitted."


# What is known of viruses, whether all must be scanned -> what the team and an official get.
GETS = [
    (Scan.NOT_SCANNED, False, 200, 200),
    (Scan.WAITING, False, 409, 409),
    (Scan.CLEAN, False, 200, 200),
    (Scan.INFECTED, False, 409, 409),
    (Scan.NOT_SCANNED, True, 200, 409),
    (Scan.WAITING, True, 409, 409),
    (Scan.CLEAN, True, 200, 200),
    (Scan.INFECTED, True, 409, 409),
]


def test_who_gets_a_file_by_what_is_known_of_viruses(
    client, settings, case, people, staff, submitted
):
    for scan, settings.REQUIRE_SCAN, team, official in GETS:
        Document.objects.update(scan=scan)
        for who, name, status in (
            (people.viewer, "download", team),
            (staff.reviewer, "case", official),
        ):
            client.force_login(who)
            path = addresses(submitted)[name]
            answer = client.get(path, {"warned": "yes"})
            assert answer.status_code == status, (scan, name)
            assert ("This file cannot be downloaded" in answer.getvalue().decode()) == (
                status == 409
            )
        page = client.get(reverse("proposals:case_version", args=[case.reference, 1]))
        assert (path in page.content.decode()) == (official == 200), scan


def test_a_mail_about_a_virus_names_nothing(case, people, settings, submitted):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Notification.objects.all().delete()
    Document.objects.update(scan=Scan.WAITING)
    actions.mark_infected(submitted)
    actions.mark_infected(submitted)
    assert Notification.objects.count() == 3
    delivery.deliver_waiting()
    assert len(mail.outbox) == 3
    for each in mail.outbox:
        said = f"{each.subject} {each.body}"
        assert "You have a new message" in said
        assert not [
            word for word in ("Canary", "virus", case.title, case.reference) if word in said
        ]


def test_a_stop_of_the_proposal_changes_nothing(client, case, people, staff, submitted):
    stopped = builders.withdraw(case, people)
    assert statuses(client, people.viewer, submitted) == TEAM
    assert statuses(client, staff.reviewer, submitted) == NOWHERE | {"case": 200}
    assert Proposal.objects.get(pk=stopped.pk).documents.count() == 2
