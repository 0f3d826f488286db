"""Pages that belong to a role."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.models import Role
from accounts.people import signed_in
from activity.actors import holds

View = Callable[..., HttpResponse]


def open_to(*roles: Role) -> Callable[[View], View]:
    """Open a page to those who hold one of these roles; to others it is a 403."""

    def decorate(view: View) -> View:
        @login_required
        @functools.wraps(view)
        def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if not holds(signed_in(request), *roles):
                raise PermissionDenied
            return view(request, **kwargs)

        return page

    return decorate
