"""What the frame of every page needs: navigation, account links, unread messages."""

import datetime
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from activity import clock, counting
from mutuals_portal import about, navigation, sessions


class Portal:
    """The frame of one page. Each part is worked out when a template asks for it, and once."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.path = request.path
        # A request that is refused early has nobody on it yet.
        self.user = getattr(request, "user", None) or AnonymousUser()
        for name, targets in navigation.LINKS.items():
            setattr(self, name, navigation.address(*targets))

    @cached_property
    def navigation(self) -> list[dict[str, Any]]:
        """The items of the service navigation for this person, the current one marked."""
        items = navigation.items_for(self.user, self.path)
        return [{"text": one.text, "href": one.href, "active": one.current} for one in items]

    @cached_property
    def guides(self) -> list[dict[str, object]]:
        """The links at the foot of the page."""
        return about.links()

    @cached_property
    def seconds_left(self) -> int:
        """How long this person stays signed in if they do nothing more."""
        return sessions.seconds_left(self._request)

    @cached_property
    def signed_out_at(self) -> datetime.datetime:
        """When that is."""
        return clock.now() + datetime.timedelta(seconds=self.seconds_left)

    @cached_property
    def unread(self) -> int:
        """How many messages in the inbox are unread, up to a bound."""
        known: int | None = getattr(self._request, "unread", None)
        return navigation.unread(self.user) if known is None else known

    @property
    def unread_in_words(self) -> str:
        """How many those are, as a page says it."""
        return counting.in_words(self.unread)


def page(request: HttpRequest) -> dict[str, object]:
    """The context processor: `portal` in every template."""
    return {"portal": Portal(request)}
