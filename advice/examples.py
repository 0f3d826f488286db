"""Made-up enquiries for the embedded database: one a status, by the actions that make real ones."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Role, User
from activity import clock
from activity.actors import LinkHolder
from activity.transactions import in_one_piece
from advice.answers import actions as answers
from advice.answers import drafts, phoning
from advice.answers.checks import actions as checks
from advice.intake import actions as intake
from advice.intake import people
from advice.intake.actions import Enquirer
from advice.intake.models import Call, Enquiry, Outcome, Rang, Topic, Went
from advice.queue import actions as queue
from advice.queue import resting

# Names the examples among all enquiries, so that a second load finds them.
SPACE = uuid.UUID("0c4c1d0a-2010-5417-9c0e-5a11ad71ce00")


@dataclass(frozen=True)
class Example:
    """A question and who asks it. days: how long ago it came. then: how far it gets."""

    key: str
    topic: str
    words: str
    enquirer: Enquirer
    days: int = 0
    secret: bool = True
    then: str = ""


EXAMPLES = [
    Example(
        "late",
        "EMP-1",
        "We were told to stop by our director. Is that allowed?\n\nWe are a team of eight "
        "community nurses. We had one meeting about it, in our own time.",
        Enquirer(
            name="Jo",
            telephone="01632 960 187",
            may_ring=True,
            may_leave_message=False,
            ring_from=datetime.time(18),
            say_we_are="Sam from the choir",
            safe_ways="The mobile only. My partner does not know.",
        ),
        days=6,
    ),
    Example(
        "pension",
        "WRK-2",
        "What happens to my pension if we leave the NHS scheme?",
        Enquirer(name="R. Clay", email="r.clay@example.org", sector="nhs"),
        days=1,
    ),
    Example(
        "form",
        "LEG-1",
        "Which legal form suits a small team of eight?",
        Enquirer(name="Mina", sector="council"),
    ),
    Example("unsure", "", "I do not know where to start. Who can I talk to?", Enquirer()),
    Example(
        "tender",
        "PRO-1",
        "Can a council give us a contract without a tender?",
        Enquirer(name="T. Ahmed", email="t.ahmed@example.org", sector="council"),
        days=1,
        secret=False,
        then="draft",
    ),
    Example(
        "vat",
        "FIN-4",
        "How do we plan for VAT on our premises?",
        Enquirer(name="Finance manager", email="finance@example.org", sector="school"),
        secret=False,
        then="wait",
    ),
    Example(
        "joining",
        "WRK-2",
        "Can new colleagues join the pension scheme later?",
        Enquirer(name="Wyn", sector="nhs"),
        then="wait_other",
    ),
    Example(
        "safety",
        "SAF-1",
        "We were told to keep quiet about a fall on the ward. Whom can we tell?",
        Enquirer(name="N. Okoro", safe_ways="By the private page alone"),
    ),
    Example(
        "plan",
        "FIN-1",
        "What goes into a five-year plan?",
        Enquirer(name="Sal", email="sal@example.org", sector="nhs"),
        then="reply",
    ),
    Example(
        "time",
        "GEN-4",
        "How long does all this take?",
        Enquirer(name="Ellis"),
        then="close",
    ),
    Example(
        "stopped",
        "AST-1",
        "Who would own the computers?",
        Enquirer(name="Kit"),
        then="withdraw",
    ),
]


def load(people_by_key: dict[str, User]) -> None:
    """Make each example that is not there yet, by the example adviser; again changes nothing.

    people_by_key: the example people; "adviser" holds Role.ADVISER in a provider.
    """
    adviser = people_by_key["adviser"]
    if not people.providers_of(adviser, Role.ADVISER):
        raise ValueError("The example adviser answers for no provider.")
    for example in EXAMPLES:
        once = uuid.uuid5(SPACE, example.key)
        if not Enquiry.objects.filter(once=once).exists():
            _make(example, once, adviser, people_by_key.get("advice_lead"))
    # A call that the adviser has not saved yet.
    typed = {"name": "Pat", "question": "How do we begin? There are six of us in the day centre."}
    call = {"adviser": adviser, "typed": typed, "revision": 1}
    Call.objects.get_or_create(public_id=uuid.uuid5(SPACE, "call"), defaults=call)


@in_one_piece
def _make(example: Example, once: uuid.UUID, adviser: User, lead: User | None) -> None:
    enquiry = intake.receive(
        words=example.words,
        enquirer=example.enquirer,
        topic=Topic.objects.filter(code=example.topic).first(),
        employer_must_not_know=example.secret,
        once=once,
        received_at=clock.now() - datetime.timedelta(days=example.days),
        is_example=True,
    )
    if example.then == "withdraw":
        by = LinkHolder("advice.mine", Enquiry._meta.label_lower, enquiry.pk, "", proved=True)
        intake.withdraw(enquiry=enquiry, seen=enquiry.revision, by=by)
    elif example.then:
        _answer(enquiry, example.then, adviser, lead)


def _answer(enquiry: Enquiry, then: str, by: User, lead: User | None) -> None:
    """Take the enquiry as far as `then`: claim, draft, wait, wait_other, reply or close."""
    now = queue.claim(enquiry=enquiry, seen=enquiry.revision, by=by)
    if then == "draft":
        words = _(
            "It may, where the rules allow it and the savings are agreed. The council decides."
        )
        drafts.save(enquiry=now, words=words, used="", by=by)
        if lead is not None:
            checks.ask_check(enquiry=now, colleague=lead, once=uuid.uuid4(), by=by)
    if then == "claim":
        words = _("We rang to ask which council it is. They ask their team and ring back.")
        phoning.phone_note(
            enquiry=now,
            words=words,
            began_at=clock.now(),
            minutes=6,
            rang=Rang.WE,
            reached=True,
            once=uuid.uuid4(),
            by=by,
        )
    if then == "wait":
        words = _("Do you own the building, or rent it from the employer?")
        answers.wait(enquiry=now, words=words, once=uuid.uuid4(), seen=now.revision, by=by)
    if then == "wait_other":
        until = clock.today() + datetime.timedelta(days=7)
        resting.wait_other(
            enquiry=now,
            whom=_("The pensions office"),
            until=until,
            reason="",
            once=uuid.uuid4(),
            seen=now.revision,
            by=by,
        )
    if then in ("reply", "close"):
        words = _("It depends on your service. Here is how other teams went about it.")
        now = answers.reply(enquiry=now, words=words, once=uuid.uuid4(), seen=now.revision, by=by)
    # Nobody takes an example back, so it is there at once: to be read, and to be found.
    now.messages.update(goes_at=None)
    if then == "close":
        holder = LinkHolder("advice.mine", Enquiry._meta.label_lower, enquiry.pk, "", proved=True)
        words = _("It would have helped to hear of teams as small as ours.")
        intake.rate(enquiry=now, went=Went.MOSTLY, words=words, seen=now.revision, by=holder)
        queue.close(enquiry=now, outcome=Outcome.HELPED, seen=now.revision, by=by)
