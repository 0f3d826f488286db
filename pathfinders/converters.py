"""References in addresses: an address that cannot be one of ours never asks the database."""

from django.urls import register_converter


class PathfinderReference:
    """PF-0001."""

    regex = r"PF-[0-9]{4,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class MentorshipReference(PathfinderReference):
    """MEN-0001."""

    regex = r"MEN-[0-9]{4,9}"


register_converter(PathfinderReference, "pathfinder")
register_converter(MentorshipReference, "mentorship")
