"""Cases to tick, rows of pages, and what the pages about ticked cases send."""

import html
import re
import uuid

import html5lib
from django.urls import reverse

from activity import clock
from proposals.draft.models import ConflictDeclaration, Proposal, Status
from proposals.review import ticked
from tests.proposals import builders

WORK = reverse("proposals:work")


def cases_of(*officials, count=3, status=Status.ASSESSING, also=lambda n: {}):
    """So many cases that these officials have opened."""
    cases = builders.many(count, status=status, also=also)
    ConflictDeclaration.objects.bulk_create(
        ConflictDeclaration(proposal=case, user=user, is_conflict=False, declared_at=clock.now())
        for case in cases
        for user in officials
    )
    return cases


def again(*cases):
    """The cases as they are now, in their order."""
    found = Proposal.objects.in_bulk([case.pk for case in cases])
    return [found[case.pk] for case in cases]


def refs(cases):
    return [case.reference for case in cases]


def sent(cases, reader, **more):
    """What the confirm page of these cases sends back."""
    shown = [row.mark for row in ticked.read(refs(cases), reader)]
    return {"tick": refs(cases), "shown": shown, "once": uuid.uuid4(), "queue": "all"} | more


def words(answer):
    """What a page says, without its tags."""
    text = re.sub(
        r"<(script|style|title).*?</\1>|<[^>]*>", " ", answer.content.decode(), flags=re.S
    )
    return " ".join(html.unescape(text).split())


def happens(answer):
    """What the confirm table says of each case, by its reference."""
    tree = html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)
    rows = tree.iterfind(".//main//table/tbody/tr")
    said = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in rows]
    return {re.search(r"RTP-\d+-\d+", row[0])[0]: row[-1] for row in said}
