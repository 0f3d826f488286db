"""Fields that nobody types, broken by hand: a clear sentence, what was typed, and nothing done."""

import uuid

import pytest
from django.urls import reverse

from activity.forms import OPEN_AGAIN
from activity.models import Event
from proposals.draft.models import Member, MemberRole, Signature, Status
from tests.proposals import builders

OPEN = str(OPEN_AGAIN)
CHOOSE = "Choose one of the answers"
SIGNERS = "Choose who will sign, at least two people"
SIGNER = "Choose from the people that this page offers"
TICK = "Tick each part of the declaration, or do not sign"
KEY = str(uuid.UUID(int=1))
ALL = [
    "1-accurate",
    "1-authority",
    "1-staff",
    "1-conflicts",
    "1-employer",
    "1-data",
    "1-published",
    "1-contract",
]
SIGN = {"asked": KEY, "declared": ALL, "typed_name": "Jo", "typed_role": "Nurse"}
INVITE = {"name": "Jo", "email": "jo@home.example", "role": "editor", "once": KEY}
RECOMMEND = {"outcome": "approved", "good": "The rotas.", "heard": "answered", "seen": "0"} | {
    f"{rows}-{part}_FORMS": "3"
    for rows in ("reasons", "conditions")
    for part in ("TOTAL", "INITIAL")
}

# status | the page, who presses it, what is sent, what the page then says
BROKEN = {
    Status.DRAFT: [
        ("ask_sign_off", "lead", {"signers": [], "seen": "0"}, SIGNERS),
        ("ask_sign_off", "lead", {"signers": [""], "seen": "0"}, SIGNER),
        ("ask_sign_off", "lead", {"signers": ["x"], "seen": "0"}, SIGNER),
        ("ask_sign_off", "lead", {"signers": ["stranger"], "seen": "0"}, SIGNER),
        ("ask_sign_off", "lead", {"signers": ["x"], "seen": ""}, OPEN),
        ("ask_sign_off", "lead", {"signers": ["x"], "seen": "-1"}, OPEN),
        ("ask_sign_off", "lead", {"signers": ["x"], "seen": "9" * 30}, OPEN),
        ("withdraw", "lead", {"seen": "x", "reason": "team"}, OPEN),
        ("withdraw", "lead", {"seen": "0"}, "Choose why you stop it"),
        ("withdraw", "lead", {"seen": "0", "reason": "x"}, CHOOSE),
        ("withdraw", "lead", {"seen": "0", "reason": "team", "words": "a " * 201}, "Take out 1"),
        ("invite", "lead", INVITE | {"once": "x"}, OPEN),
        ("invite", "lead", INVITE | {"role": "lead"}, CHOOSE),
        ("invite", "lead", INVITE | {"role": ""}, "Choose what they may do"),
        ("new", "lead", {"title": "Podiatry", "employer": "", "once": KEY}, "Choose the organis"),
        (
            "new",
            "lead",
            {"title": "Podiatry", "employer": "x", "once": KEY},
            "organisations we found",
        ),
        (
            "new",
            "lead",
            {"title": "Podiatry", "employer": "x\0", "once": KEY},
            "organisations we found",
        ),
        ("new", "lead", {"title": "Podiatry", "employer": "x"}, OPEN),
    ],
    Status.AWAITING_SIGN_OFF: [
        ("sign", "lead", SIGN | {"asked": ""}, OPEN),
        ("sign", "lead", SIGN | {"asked": "1"}, OPEN),
        ("sign", "lead", SIGN | {"declared": ["x"]}, CHOOSE),
        ("sign", "lead", SIGN | {"declared": []}, TICK),
        ("sign", "lead", SIGN | {"declared": ["1-accurate"] * 8}, TICK),
        ("reopen", "lead", {"seen": "x"}, OPEN),
    ],
    Status.ASSESSING: [
        ("declare", "reviewer", {"declared": "x"}, CHOOSE),
        ("messages", "lead", {"text": "Words"}, OPEN),
        ("case_messages", "reviewer", {"text": "Words"}, OPEN),
        ("recommend", "reviewer", RECOMMEND | {"outcome": "x"}, CHOOSE),
        ("recommend", "reviewer", RECOMMEND | {"seen": "x"}, OPEN),
        ("recommend", "reviewer", RECOMMEND | {"heard": "x"}, OPEN),
        ("recommend", "reviewer", {"outcome": "approved", "good": "x", "seen": "0"}, OPEN),
        ("recommend", "reviewer", RECOMMEND | {"reasons-TOTAL_FORMS": "x"}, OPEN),
        (
            "recommend",
            "reviewer",
            RECOMMEND | {"outcome": "rejected", "reasons-0-code": "x", "reasons-0-evidence": "y"},
            "Choose a reason from the list",
        ),
    ],
}
# Words of Django's that tell a person nothing.
UGLY = ["Select a valid choice", "is not a valid value", "ManagementForm", "tampered", "valid UUID"]


@pytest.mark.slow
@pytest.mark.parametrize("status", BROKEN)
def test_what_is_broken_by_hand_is_said_in_a_clear_sentence(stored, client, people, staff, status):
    proposal = stored(builders.proposal_at, status, people, staff)
    if status == Status.ASSESSING:
        builders.hear_employer(proposal)
    other = builders.draft_of(builders.team())
    stranger = Member.objects.get(proposal=other, role=MemberRole.EDITOR).key
    before = Event.objects.count(), Signature.objects.missing().count()
    cast = vars(people) | vars(staff)

    for name, who, sent, said in BROKEN[status]:
        client.force_login(cast[who])
        if sent.get("signers") == ["stranger"]:
            sent = sent | {"signers": [stranger]}
        page = client.post(
            reverse(f"proposals:{name}", args=[] if name == "new" else [proposal.reference]), sent
        )
        words = page.content.decode()
        assert page.status_code == 200, (name, sent)
        assert said in words, (name, sent)
        assert not [ugly for ugly in UGLY if ugly in words], (name, sent)

    assert (Event.objects.count(), Signature.objects.missing().count()) == before


def test_what_happens_after_submitting_is_said_as_it_is(client, people, staff):
    proposal = builders.sign_all(builders.proposal_at(Status.AWAITING_SIGN_OFF, people, staff))
    client.force_login(people.lead)

    words = client.get(reverse("proposals:submit", args=[proposal.reference])).content.decode()

    assert "We then tell one official of your employer" in words
    assert "Your names stay hidden from your employer." in words
    assert "will be told" not in words
