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

from activity.fields import TextField
from mutuals_portal import govuk, problems
from tests.look.forms import NASTY, Everything

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
