"""GOV.UK Frontend's own fixtures: options of each component, and the HTML they give."""

import json
from pathlib import Path
from typing import Any

from django.utils.safestring import SafeString

FOLDER = Path(__file__).parents[1] / "vendor" / "govuk-frontend-6.6.0"


def fixtures() -> list[tuple[str, dict[str, Any]]]:
    """Each component with each of its fixtures, their HTML marked as a page would mark it."""
    return [
        (path.parent.name, {**fixture, "options": trusted(fixture["options"])})
        for path in sorted(FOLDER.glob("*/fixtures.json"))
        for fixture in json.loads(path.read_text("utf-8"))["fixtures"]
    ]


def trusted(options: Any, name: str = "") -> Any:
    """The options with what is meant as HTML trusted, as only a page's own HTML may be."""
    if isinstance(options, dict):
        slots = name == "slots"
        return {key: trusted(value, "html" if slots else key) for key, value in options.items()}
    if isinstance(options, list):
        return [trusted(value) for value in options]
    is_html = name == "html" or name.endswith("Html")
    return SafeString(options) if is_html and isinstance(options, str) else options
