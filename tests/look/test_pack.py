"""The template pack: each kind of field, its errors, its links, and nothing unescaped."""

import html5lib
import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from activity.fields import PoundsField, TextField, WholeNumberField
from mutuals_portal import govuk, problems
from tests.look.forms import NASTY, Everything

FILE = "govuk-file-upload"
TYPED = {
    "name": NASTY,
    "address": "no address",
    "staff": "many",
    "share": "half",
    "price": "1.2m",
    "why": "one two three four",
    "limited": "too long",
    "sector": "z",
    "met_on-day": "31",
    "met_on-month": "4",
    "met_on-year": "2027",
}


def page(form, **context):
    """The page of one form, as a parsed tree."""
    html = render_to_string("form_page.html", {"title": "T", "form": form, **context})
    return html, html5lib.parse(html, namespaceHTMLElements=False)


def by_id(tree):
    return {node.get("id"): node for node in tree.iter() if node.get("id")}


@pytest.mark.parametrize("data", [{}, TYPED])
def test_each_link_of_the_summary_lands_on_a_field_that_takes_the_focus(data):
    form = Everything(data)
    _html, tree = page(form)
    links = [a for a in tree.iter("a") if a.get("href", "").startswith("#id")]
    ids = by_id(tree)
    assert len(links) >= len(form.errors)
    for link in links:
        target = ids[link.get("href")[1:]]
        assert target.tag in ("input", "textarea", "select")
        assert target.get("type") != "hidden"


def test_summary_and_field_say_the_same():
    form = Everything({})
    _html, tree = page(form)
    ids = by_id(tree)
    for field in form:
        if field.errors:
            shown = "".join(ids[f"{field.auto_id}-error"].itertext())
            assert shown == f"Error: {problems.paragraph(field)}"


def test_each_input_is_described_by_ids_that_exist():
    _html, tree = page(Everything(TYPED))
    ids = by_id(tree)
    described = [
        node.get("aria-describedby") for node in tree.iter() if node.get("aria-describedby")
    ]
    assert described
    assert all(name in ids for text in described for name in text.split())


def test_each_input_has_a_label():
    _html, tree = page(Everything({}))
    labelled = {label.get("for") for label in tree.iter("label")}
    inputs = [
        node
        for tag in ("input", "select", "textarea")
        for node in tree.iter(tag)
        if node.get("type") != "hidden"
    ]
    assert {node.get("id") for node in inputs} <= labelled


@pytest.mark.parametrize("data", [None, {}, TYPED | {"who": "b", "notes": f"\n{NASTY}"}])
def test_nothing_typed_or_labelled_is_unescaped(data):
    html, _tree = page(Everything(data))
    assert "<script>alert" not in html
    assert "alert(&#x27;x&#x27;)" in html


def test_what_was_typed_stays():
    _html, tree = page(Everything(TYPED))
    ids = by_id(tree)
    assert ids["id_name"].get("value") == NASTY
    assert ids["id_price"].get("value") == "1.2m"
    assert ids["id_why"].text == "one two three four"
    assert ids["id_met_on-day"].get("value") == "31"


def test_a_line_break_at_the_start_of_a_text_stays():
    _html, tree = page(Everything({"notes": "\n\nbelow"}))
    assert by_id(tree)["id_notes"].text == "\n\nbelow"


def test_a_password_is_never_shown_again():
    html, _tree = page(Everything({"password": "hush-hush"}))
    assert "hush-hush" not in html


def test_a_date_marks_the_part_that_is_wrong():
    _html, tree = page(Everything(TYPED))
    ids = by_id(tree)
    assert "govuk-input--error" in ids["id_met_on-day"].get("class")
    assert "govuk-input--error" not in ids["id_met_on-month"].get("class")


def test_numbers_are_text_with_digits():
    _html, tree = page(Everything())
    ids = by_id(tree)
    assert (ids["id_staff"].get("type"), ids["id_staff"].get("inputmode")) == ("text", "numeric")
    assert (ids["id_share"].get("type"), ids["id_share"].get("inputmode")) == ("text", "decimal")
    assert all(node.get("type") != "number" for node in tree.iter("input"))


def test_django_never_speaks_for_itself():
    html, _tree = page(Everything({}))
    html += page(Everything(TYPED))[0]
    for words in ("This field is required", "Enter a valid", "Select a valid", "invalid"):
        assert words not in html


def test_a_sentence_of_the_form_comes_first():
    class Named(forms.Form):
        title = TextField(error_messages={"required": "Enter a working name"})

    form = Named({})
    assert problems.error_list(form) == [{"text": "Enter a working name", "href": "#id_title"}]


def test_errors_put_a_word_before_the_title():
    html, _tree = page(Everything({}))
    assert "<title>Error: T – Mutuals portal</title>" in html
    html, _tree = page(Everything())
    assert "<title>T – Mutuals portal</title>" in html


def test_the_question_can_be_the_heading():
    class Asking(forms.Form):
        heading_field = "who"
        who = forms.ChoiceField(
            label="Who are you?", choices=[("a", "A")], widget=forms.RadioSelect
        )

    _html, tree = page(Asking())
    assert ["".join(h1.itertext()) for h1 in tree.iter("h1")] == ["Who are you?"]


def test_a_field_under_a_choice_is_drawn_once_and_there():
    html, _tree = page(Everything())
    assert html.count('name="other"') == 1
    assert 'data-aria-controls="conditional-id_who-2"' in html
    assert 'id="conditional-id_who-2"' in html


def test_optional_is_said_unless_the_form_says_not():
    class Loose(forms.Form):
        word = TextField(required=False)

    assert govuk.label(Loose()["word"])["text"] == "Word (optional)"
    Loose.mark_optional = False
    assert govuk.label(Loose()["word"])["text"] == "Word"


def test_crispy_tag_draws_a_whole_form():
    class Small(forms.Form):
        word = TextField()
        helper = FormHelper()
        helper.add_input(Submit("save", "Save it"))

    html = render_crispy_form(Small({}), context={"csrf_token": "t"})
    assert html.count("<form") == 1
    assert 'name="csrfmiddlewaretoken"' in html
    assert "Save it</button>" in html


def test_as_crispy_field_draws_one():
    html = Template("{% load crispy_forms_filters %}{{ form.staff|as_crispy_field }}").render(
        Context({"form": Everything()})
    )
    assert 'id="id_staff"' in html
    assert 'id="id_name"' not in html


def test_a_formset_is_drawn_with_its_management_form():
    class Row(forms.Form):
        word = TextField()

    formset = forms.formset_factory(Row, extra=2)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-word": ""}
    )
    html = Template("{% load crispy_forms_filters %}{{ formset|crispy }}").render(
        Context({"formset": formset})
    )
    assert 'name="form-TOTAL_FORMS"' in html
    assert 'id="id_form-1-word"' in html


def test_a_widget_that_nothing_draws_is_an_error():
    class Odd(forms.Form):
        when = forms.SplitDateTimeField()

    with pytest.raises(TypeError, match="SplitDateTimeWidget"):
        govuk.component(Odd()["when"])


def test_errors_of_every_form_on_the_page_are_in_one_summary():
    class Word(forms.Form):
        word = TextField()

    html = render_to_string(
        "base.html",
        {"one": Word({}, prefix="one"), "two": Word({}, prefix="two"), "quiet": Word(prefix="q")},
        request=RequestFactory().get("/nowhere/"),
    )
    assert 'href="#id_one-word"' in html
    assert 'href="#id_two-word"' in html
    assert html.count("govuk-error-summary__title") == 1


def test_a_file_can_be_dropped_on_its_field():
    _html, tree = page(Everything())
    wrapper = next(node for node in tree.iter("div") if node.get("data-module") == FILE)
    assert [node.get("id") for node in wrapper.iter("input")] == ["id_paper"]
    assert by_id(tree)["id_paper"].get("type") == "file"


def test_several_files_can_be_taken_if_the_widget_says_so():
    class Several(forms.ClearableFileInput):
        allow_multiple_selected = True

    class Papers(forms.Form):
        one = forms.FileField()
        many = forms.FileField(widget=Several)

    _html, tree = page(Papers())
    assert by_id(tree)["id_one"].get("multiple") is None
    assert by_id(tree)["id_many"].get("multiple") == ""


def test_a_unit_stands_before_or_after_the_box():
    class Measured(forms.Form):
        price = PoundsField()
        share = WholeNumberField()

    form = Measured()
    form.fields["share"].suffix = "% a year"
    _html, tree = page(form)
    units = {
        node.get("class"): node.text for node in tree.iter("div") if "aria-hidden" in node.attrib
    }
    assert units == {"govuk-input__prefix": "£", "govuk-input__suffix": "% a year"}


def test_a_hidden_question_is_for_those_who_hear_the_page():
    form = Everything()
    form.fields["name"].label_hidden = form.fields["who"].label_hidden = True
    assert govuk.label(form["name"])["classes"] == "govuk-visually-hidden"
    assert govuk.legend(form["who"])["legend"]["classes"] == "govuk-visually-hidden"


@pytest.mark.parametrize("size", ["s", "m", "l", "xl"])
def test_labels_and_legends_have_the_size_that_the_field_says(size):
    form = Everything()
    form.fields["name"].label_size = size
    form.fields["who"].label_size = size
    _html, tree = page(form)
    labels = {node.get("for"): node.get("class").split() for node in tree.iter("label")}
    assert labels["id_name"] == ["govuk-label", f"govuk-label--{size}"]
    legends = [node.get("class").split() for node in tree.iter("legend")]
    assert legends[0] == ["govuk-fieldset__legend", f"govuk-fieldset__legend--{size}"]
    assert legends[1] == ["govuk-fieldset__legend", "govuk-fieldset__legend--s"]


def test_how_much_may_be_typed_is_said_without_javascript():
    _html, tree = page(Everything())
    ids = by_id(tree)
    assert ids["id_why-info"].text.strip() == "You can enter up to 3 words"
    assert ids["id_limited-info"].text.strip() == "You can enter up to 5 characters"


def test_a_password_can_be_shown():
    _html, tree = page(Everything())
    toggle = next(node for node in tree.iter("button") if node.get("aria-controls"))
    assert toggle.get("aria-controls") == "id_password"
    assert "hidden" in toggle.attrib


def test_each_line_of_a_hint_stands_by_itself():
    class Hinted(forms.Form):
        word = TextField(help_text="One <b>\nTwo")

    html, _tree = page(Hinted())
    assert "One &lt;b&gt;<br>Two" in html


def test_what_was_chosen_is_marked_and_what_cannot_be_is_dead():
    class Closed(forms.Select):
        def create_option(self, name, value, *args, **kwargs):
            option = super().create_option(name, value, *args, **kwargs)
            return option | {"attrs": {"disabled": value == "b"}}

    class Picking(forms.Form):
        one = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=Closed)
        two = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)

    _html, tree = page(Picking({"one": "a", "two": "b"}))
    found = [(node.get("value"), *sorted(node.attrib)) for node in tree.iter("option")]
    assert found == [("a", "selected", "value"), ("b", "disabled", "value")]
    radios = [node for node in tree.iter("input") if node.get("type") == "radio"]
    assert [node.get("checked") for node in radios] == [None, ""]
    assert [node.get("id") for node in radios] == ["id_two", "id_two-2"]
