"""Which addresses an employer may read, and which mail is therefore not sent."""

from __future__ import annotations

from accounts.models import Organisation
from advice.intake.models import Enquiry

# Addresses of these are read at work by more people than their owner.
WORK_DOMAINS = (
    "gov.uk",
    "nhs.uk",
    "nhs.net",
    "police.uk",
    "mod.uk",
    "ac.uk",
    "sch.uk",
    "parliament.uk",
    "gov.wales",
    "gov.scot",
)
EMPLOYER_DOMAIN = "employer-domain"


def employer_reading(address: str, employer: Organisation | None) -> Organisation | None:
    """The employer that can read mail to this address.

    employer: the enquirer's; None asks every employer that we know, to be on the safe side.
    """
    if employer is not None:
        return employer if employer.owns_address(address) else None
    parts = address.rpartition("@")[2].lower().split(".")
    domains = [".".join(parts[start:]) for start in range(len(parts))]
    return Organisation.objects.employers().filter(mail_domains__overlap=domains).first()


def looks_like_work(address: str) -> bool:
    """Whether an address is of a kind that public bodies give to their staff."""
    domain = address.rpartition("@")[2].lower()
    return any(domain == end or domain.endswith(f".{end}") for end in WORK_DOMAINS)


def reason_to_hold(enquiry: Enquiry, address: str) -> str | None:
    """A code of why no mail about this enquiry may go to this address; None if it may."""
    if not enquiry.employer_must_not_know:
        return None
    employer = enquiry.contact.employer
    return EMPLOYER_DOMAIN if employer_reading(address, employer) else None
