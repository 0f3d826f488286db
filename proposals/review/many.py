"""What the pages about ticked cases share: a row for each case, and what is said of those left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import ngettext

from proposals.review.ticked import Outcome, Ticked
from proposals.review.ticking import query_of, queue_of, references


@dataclass(frozen=True)
class Line:
    """A row of a confirm table. left: why its case is left out, or "". goes: else, what happens."""

    ticked: Ticked
    left: str
    goes: str = ""


def many_words(sent: QueryDict, rows: Sequence[Ticked]) -> dict[str, Any]:
    """What every page about ticked cases shows and sends back."""
    ticks = [row.case.reference for row in rows]
    return {
        "rows": rows,
        "sent": sent,
        "ticks": query_of(sent, tick=ticks),
        "back": queue_of(sent, tick=ticks),
        "lost": lost(len(references(sent)) - len(rows)),
    }


def lost(count: int) -> str:
    """That so many were ticked of which nothing is known; the same whether they exist or not."""
    if not count:
        return ""
    return ngettext(
        "%(n)d case that you ticked cannot be found any more.",
        "%(n)d cases that you ticked cannot be found any more.",
        count,
    ) % {"n": count}


def say_left_out(request: HttpRequest, outcome: Outcome) -> None:
    """Say which cases were left out, and why."""
    said = []
    if count := len(outcome.left):
        each = "; ".join(f"{case.reference} ({why})" for case, why in outcome.left)
        words = ngettext("%(n)d was left out: %(each)s.", "%(n)d were left out: %(each)s.", count)
        said.append(words % {"n": count, "each": each})
    if missing := lost(len(references(request.POST)) - len(outcome.done) - count):
        said.append(missing)
    if said:
        messages.warning(request, " ".join(said))
