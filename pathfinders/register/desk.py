"""What the pages of coordinators begin with: may you be here, and which entry is it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.people import signed_in
from pathfinders.register.audiences import must_coordinate
from pathfinders.register.models import Pathfinder

View = Callable[..., HttpResponse]


def coordinating(view: View) -> View:
    """Let in those who coordinate the programme today; to strangers an entry is not there.

    The view of one entry gets it as `found`, in place of the reference of its address.
    """

    @login_required
    @functools.wraps(view)
    def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        user = signed_in(request)
        if "reference" in kwargs:
            visible = Pathfinder.objects.visible_to(user)
            kwargs["found"] = get_object_or_404(visible, reference=kwargs.pop("reference"))
        must_coordinate(user)
        return view(request, **kwargs)

    return page
