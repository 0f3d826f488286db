"""Which e-mail addresses an employer may read, as far as we can tell."""

from __future__ import annotations

from accounts.models import Organisation, OrganisationQuerySet

# Addresses of these are read at work by more people than their owner. An employer's own domains
# are in the register of bodies.
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


def looks_like_work(address: str) -> bool:
    """Whether an address is of a kind that public bodies give to their staff."""
    return not set(WORK_DOMAINS).isdisjoint(_domains(address))


def employers_reading(address: str) -> OrganisationQuerySet:
    """The employers that we know to have the domain of an address, or one above it."""
    return Organisation.objects.employers().filter(mail_domains__overlap=_domains(address))


def body_reading(address: str, body: Organisation) -> Organisation | None:
    """That body, or one that it became, came from or was joined with, if it has the address.

    A body keeps its mail under the domain of the one that it became, and often the other way round.
    """
    if body.owns_address(address):
        return body
    end = _end_of(body)
    others = Organisation.objects.filter(mail_domains__overlap=_domains(address))
    return next((other for other in others if _end_of(other) == end), None)


def _end_of(body: Organisation) -> Organisation:
    """What a body has become by now: the last of those that succeeded each other."""
    passed = set()
    while body.successor is not None and body.pk not in passed:
        passed.add(body.pk)
        body = body.successor
    return body


def _domains(address: str) -> list[str]:
    """The domain of an address and those above it, without the last part alone."""
    parts = address.strip().rpartition("@")[2].lower().rstrip(".").split(".")
    return [".".join(parts[start:]) for start in range(len(parts) - 1)]
