"""Who is asked for by a page or a role."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.people import signed_in


def test_nobody_signed_in_is_refused_where_a_view_forgot_to_ask(rf):
    request = rf.get("/accounts/me/")
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        signed_in(request)
