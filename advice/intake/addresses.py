"""How an enquiry is named in an address."""

from django.urls.converters import StringConverter


class ReferenceConverter(StringConverter):
    """ENQ-2026-000001; anything else is no address of ours."""

    regex = r"ENQ-[0-9]{4}-[0-9]{6,9}"
