"""What is pressed twice and kept once: a key for one thing said from one page."""

from __future__ import annotations

import uuid


def key_of(page: uuid.UUID | None, *parts: object) -> uuid.UUID:
    """The key of what somebody said from a page: the same parts from the same page, the same key.

    page: the `once` of its form; None where no page asked, and every time is another.
    parts: who, about what, in which words; what may hold a line's end comes last. So the page of
    somebody else leads nowhere, and other words from the same page are kept beside the first.
    """
    return uuid.uuid5(page or uuid.uuid4(), "\n".join(str(part) for part in parts))
