"""A form with a field of each kind, for the tests of the template pack."""

from typing import Any

from django import forms

from activity.fields import DatePartsField, PoundsField, TextField, WholeNumberField

NASTY = "<script>alert('x')</script>\"'&"


class Everything(forms.Form):
    name = TextField(label=f"Name {NASTY}", help_text=f"Hint {NASTY}", max_length=20)
    address = forms.EmailField(label="E-mail")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    staff = WholeNumberField(label="Staff")
    share = forms.DecimalField(label="Share")
    price = PoundsField(label="Price")
    why = TextField(label="Why", lines=True, words=3, help_text="Say why")
    notes = TextField(label="Notes", lines=True)
    limited = TextField(label="Limited", lines=True, max_length=5)
    sector = forms.ChoiceField(label="Sector", choices=[("", "Choose"), ("a", NASTY)])
    who = forms.ChoiceField(
        label="Who", choices=[("a", NASTY), ("b", "B")], widget=forms.RadioSelect
    )
    other = TextField(label="Which other", required=False)
    routes = forms.MultipleChoiceField(
        label="Routes", choices=[("a", NASTY), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    agree = forms.BooleanField(label="Agree")
    met_on = DatePartsField(label="Met on", help_text="For example, 6 4 2027")
    paper = forms.FileField(label="Paper")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choice_hints = {"a": f"Hint {NASTY}"}
        self.fields["who"].reveals = {"b": ["other"]}
