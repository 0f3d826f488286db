"""Telephone numbers as people write them, in one form by which they can be compared. Pure."""

from __future__ import annotations

import re

EXTENSION = re.compile(r"\s*(?:ext\.?|extension|x|#)\s*\d*\s*$", re.IGNORECASE)
BETWEEN = re.compile(r"[\s().\-/\u2010-\u2015]+")
UK_CODE = "44"
# Without the 0 in front: ten digits, or nine in some small places (in no city, whose codes are 11x
# and 1x1) and on older free lines.
IN_UK = re.compile(r"[1235789]\d{9}|1[02-9][02-9]\d{6}|[58]00\d{6}")
ABROAD = re.compile(r"[1-9]\d{7,14}")


def whole(text: str) -> str:
    """The number like +441164960999, or "" for what is not a whole number: a part, or words.

    Written without a country it is one of the United Kingdom.
    """
    text = EXTENSION.sub("", text).replace("(0)", "")
    digits = BETWEEN.sub("", text)
    if not re.fullmatch(r"\+?[0-9]+", digits):
        return ""
    number = _with_country(digits)
    if number.startswith(UK_CODE):
        national = number.removeprefix(UK_CODE).removeprefix("0")
        return f"+{UK_CODE}{national}" if IN_UK.fullmatch(national) else ""
    return f"+{number}" if ABROAD.fullmatch(number) else ""


def _with_country(digits: str) -> str:
    for abroad in ("+", "00"):
        if digits.startswith(abroad):
            return digits.removeprefix(abroad)
    if digits.startswith("0"):
        return UK_CODE + digits[1:]
    # Twelve digits from 44 on are ours with the plus left out; anything else lacks its beginning.
    return digits if digits.startswith(UK_CODE) and len(digits) == 12 else ""
