"""The classes that a style sheet has rules for."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings

STATIC: Path = settings.BASE_DIR / "static"
SHIPPED = STATIC / "govuk-frontend" / "govuk-frontend.min.css"
OURS = STATIC / "site.css"
PORTAL = STATIC / "portal.css"


@cache
def classes(sheet: Path, prefix: str) -> frozenset[str]:
    """Each class of a sheet that begins so."""
    # Found without the parser that drew it. A dot before a digit is a number.
    names = re.findall(r"\.([a-z][\w!-]*)", sheet.read_text("utf-8").replace("\\!", "!"))
    return frozenset(name for name in names if name.startswith(prefix))
