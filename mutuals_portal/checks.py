"""What must be true of an installation before people use it."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from accounts.models import User


@register(Tags.security, deploy=True)
def no_example_people(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An error while somebody could sign in with the password that is printed at every start."""
    if settings.EMBEDDED:
        return []
    try:
        found = User.objects.filter(is_example=True, is_active=True).exists()
    except DatabaseError:
        return []
    message = "An example user is active. Close their accounts before anybody uses this portal."
    return [Error(message, id="portal.E001")] if found else []
