"""Which mail is not sent, because an employer may read it."""

from __future__ import annotations

from accounts.addresses import body_reading, employers_reading
from accounts.models import Organisation
from advice.intake.models import Enquiry

EMPLOYER_DOMAIN = "employer-domain"


def employer_reading(address: str, employer: Organisation | None) -> Organisation | None:
    """The employer that can read mail to this address.

    employer: the enquirer's, and with it those that it became or came from; None asks every employer
    that we know, to be on the safe side.
    """
    if employer is not None:
        return body_reading(address, employer)
    return employers_reading(address).first()


def reason_to_hold(enquiry: Enquiry, address: str) -> str | None:
    """A code of why no mail about this enquiry may go to this address; None if it may."""
    if not enquiry.employer_must_not_know:
        return None
    employer = enquiry.contact.employer
    return EMPLOYER_DOMAIN if employer_reading(address, employer) else None
