"""Numbers in registers: of companies, societies and charities; and codes of what is bought.

Source: domain guide 8.4.
"""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FORMS = {
    "company": r"\d{8}|[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z]|R\d{7}",
    "society": r"(IP|RS|SP)?\d{1,5}R?",
    "charity": r"\d{6,7}(-\d{1,3})?|SC0\d{5}|NIC\d{6}|CE\d{6}",
}
LIKE = {
    "company": _("Enter a company number of 8 letters and digits, like 01234567 or SC123456"),
    "society": _("Enter a society's number, like 12345R"),
    "charity": _("Enter a charity's number, like 1123456 or SC012345"),
}
CPV = re.compile(r"(\d{8})-(\d)")


class RegisteredNumber(forms.CharField):
    """A number in a register, in capitals and without spaces."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"})

    def clean(self, value: str) -> str:
        return re.sub(r"\s", "", super().clean(value)).upper()

    @staticmethod
    def of(register: str, number: str) -> str:
        """The number as its register writes it: a company's has leading noughts. Raises ValidationError."""
        if register == "company" and re.fullmatch(r"\d{1,8}", number):
            number = number.zfill(8)
        if not re.fullmatch(FORMS[register], number, re.ASCII):
            raise ValidationError(LIKE[register])
        return number


class ServiceCodeField(forms.CharField):
    """A code of the common procurement vocabulary: eight digits and a check digit."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"})

    def clean(self, value: str) -> str:
        typed = re.sub(r"\s", "", super().clean(value))
        if typed and not CPV.fullmatch(typed):
            raise ValidationError(
                _("Enter eight digits, a hyphen and a check digit, like 85000000-9")
            )
        return typed
