"""What the scripts of a page ask for: JSON, where a person's browser wants a page."""

from django.http import HttpRequest

JSON = "application/json"


def by_script(request: HttpRequest) -> bool:
    """Whether a script of ours asks. What it is refused is said in JSON too, or as a page."""
    return request.headers.get("Accept") == JSON
