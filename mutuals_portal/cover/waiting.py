"""What whoever has a role that can be covered may begin, on the page that everybody lands on."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import COVERED, User
from activity.actors import holds
from activity.waiting import Beginning, Thing


def for_covered(user: User) -> Iterator[Thing]:
    """The way to say that one is away."""
    if holds(user, *COVERED):
        yield Beginning(_("Say when you are away"), reverse("accounts:cover"))
