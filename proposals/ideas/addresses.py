"""How an idea is named in an address."""

from django.urls.converters import StringConverter


class ReferenceConverter(StringConverter):
    """IDEA-0001; anything else is no address of ours."""

    regex = r"IDEA-[0-9]{4,9}"
