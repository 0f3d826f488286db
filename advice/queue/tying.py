"""What a provider has of a body's staff goes to another as soon as it works for that body."""

from __future__ import annotations

from functools import partial

from accounts.models import Appointment, Organisation, OrganisationKind, User
from activity import clock
from activity.transactions import in_one_piece, lock, tried
from activity.workflow import take
from advice.intake import people, routing, sharing
from advice.intake.models import Enquiry, ProviderInterest, Refusal
from advice.intake.models.enquiry import HELD, EnquiryQuerySet
from advice.queue import profiles
from advice.queue.leaving import LEAVE
from advice.queue.steps import CONFLICT, OFFER_ON

# What one run of the job looks at; the next takes what is left.
MOST = 200


@in_one_piece
def keep(*, interest: ProviderInterest) -> int:
    """Keep for whom a provider works and take from it what that closes to it. Return how many.

    What its advisers hold and what it was offered goes where routing sends it now, with all that
    was said and noted; drafts stay with their authors' names. Saved again, nothing is left to take.
    """
    # Whoever takes or is given one meanwhile comes before this, or is refused.
    for user in _who_answers(interest.provider):
        profiles.lock_own(user)
    interest.save()
    sharing.hold()  # shares come before enquiries, whoever locks them
    keys = list(_closed_to(interest.provider).order_by("pk").values_list("pk", flat=True))
    return sum(_send_on(lock(Enquiry, key), interest.provider) for key in keys)


def go_through_the_tied() -> int:
    """Send on what came to lie with a provider that works for whom the enquirer works for.

    An interest may begin on a day to come, a body be succeeded, an enquirer say later who employs
    them: none of that is a press. Return how many moved.
    """
    providers = Organisation.objects.filter(
        kind=OrganisationKind.ADVICE_PROVIDER,
        pk__in=ProviderInterest.objects.in_force(clock.today()).values("provider"),
    )
    due = [
        (key, provider)
        for provider in providers
        for key in _closed_to(provider).order_by("pk").values_list("pk", flat=True)[:MOST]
    ]
    return sum(tried(partial(_send_one_on, *each), "enquiry not sent on") for each in due)


@in_one_piece
def _send_one_on(pk: int, provider: Organisation) -> bool:
    sharing.hold()
    fresh = lock(Enquiry, pk)
    return _closed_to(provider).filter(pk=pk).exists() and _send_on(fresh, provider)


def _closed_to(provider: Organisation) -> EnquiryQuerySet:
    """The open enquiries of a provider whose enquirers work for whom it works for."""
    bodies = ProviderInterest.objects.bodies_closed_to([provider.pk], clock.today())
    return Enquiry.objects.open().filter(provider=provider, contact__employer__in=bodies)


def _send_on(enquiry: Enquiry, had: Organisation) -> bool:
    """Send on one that is locked, unless it ended or left by itself meanwhile."""
    if enquiry.provider_id != had.pk or not enquiry.is_open:
        return False
    route = routing.choose(routing.question_of(enquiry, enquiry.contact))
    take(
        LEAVE if enquiry.status in HELD else OFFER_ON,
        enquiry,
        by=CONFLICT,
        seen=enquiry.revision,
        data={"reason": str(Refusal.CONFLICT), "provider": had.pk},
        adviser=None,
        **routing.fields(route, enquiry.policy, clock.now()),
    )
    return True


def _who_answers(provider: Organisation) -> list[User]:
    """The advisers and leads of a provider, in the order in which their profiles are locked."""
    held = Appointment.objects.current(clock.today())
    here = held.filter(organisation=provider, role__in=people.ANSWERS).values("user")
    return list(User.objects.filter(pk__in=here).order_by("pk"))
