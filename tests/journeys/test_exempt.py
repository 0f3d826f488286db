"""A service in an exempt area: proposed by one official, confirmed by another, read by everybody.

On a phone, without JavaScript.
"""

from __future__ import annotations

from typing import Any

import pytest

import proposals.reference
from accounts.models import OrganisationKind
from activity import clock
from proposals.draft.models import Status
from tests.factories import OrganisationFactory
from tests.proposals import builders

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WHY = "You nurse at a naval base. The part outside it is covered."
FOR_ALL = "Care within military bases."


def test_a_service_is_found_exempt_by_two_and_everybody_reads_why(sit: Any, portal: str) -> None:
    proposals.reference.load()
    people, staff = builders.team(), builders.officials()
    proposal = builders.proposal_at(Status.SUBMITTED, people, staff)
    body = OrganisationFactory.create(name="Ministry of Ponds", kind=OrganisationKind.DEPARTMENT)
    case = f"/casework/{proposal.reference}"
    one, other, lead = sit(staff.decider), sit(staff.reviewer), sit(people.lead)
    one.goes_to(f"{case}/exempt/")
    one.chooses(area="defence", department=body.slug)
    one.types(why=WHY, public_why=f"{proposal.title} is within a base.")
    a_year_on = clock.today().replace(day=1, year=clock.today().year + 1)
    for part in ("day", "month", "year"):
        one.types(**{f"review_on-{part}": str(getattr(a_year_on, part))})
    one.presses("Ask another official to confirm")
    one.sees(f"Leave out “{proposal.title}”")
    one.types(public_why=FOR_ALL)
    one.presses("Ask another official to confirm")
    lead.goes_to(f"/proposals/{proposal.reference}/")
    lead.does_not_see("exempt", FOR_ALL)
    one.goes_to(f"{case}/confirm-exempt/")
    one.sees("You proposed it. Another reviewer or decision maker answers.")
    other.goes_to(f"{case}/confirm-exempt/")
    other.sees(WHY, FOR_ALL)
    other.presses("Confirm the exemption")
    assert builders.again(proposal).status == Status.EXEMPT
    lead.goes_to(f"/proposals/{proposal.reference}/letter/")
    lead.sees("Your service is in an area that the right does not cover now", WHY)
    lead.sees("We look at it again by", "You can ask people who had no part in it to look again")
    lead.goes_to(f"/departments/{body.slug}/")
    lead.sees(FOR_ALL)
    lead.does_not_see(proposal.title, proposal.reference, WHY)
