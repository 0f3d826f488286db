"""Dates, times, money and tags as people read them."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template

from mutuals_portal.templatetags import portal
from mutuals_portal.tones import tone

UTC = datetime.UTC


@pytest.mark.parametrize(
    ("value", "long", "full"),
    [
        (datetime.date(2027, 4, 6), "Tuesday 6 April 2027", "6 April 2027"),
        # A quarter to midnight in UTC is already tomorrow in a British summer.
        (datetime.datetime(2027, 7, 1, 23, 45, tzinfo=UTC), "Friday 2 July 2027", "2 July 2027"),
        (None, "", ""),
    ],
)
def test_dates_are_in_words(value, long, full):
    assert portal.date_long(value) == long
    assert portal.date_full(value) == full


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "midnight"),
        (0, 5, "12:05am"),
        (9, 0, "9am"),
        (10, 15, "10:15am"),
        (12, 0, "midday"),
        (12, 30, "12:30pm"),
        (17, 0, "5pm"),
    ],
)
def test_times_are_as_people_say_them(hour, minute, words):
    moment = datetime.datetime(2027, 1, 5, hour, minute, tzinfo=ZoneInfo("Europe/London"))
    assert portal.time_short(moment) == words


def test_a_date_has_no_time():
    assert portal.time_short(datetime.date(2027, 4, 6)) == ""


@pytest.mark.parametrize(
    ("pence", "words"),
    [
        (45_391_500, "£453,915"),
        (-2_108_500, "−£21,085"),
        (0, "£0"),
        (150, "£1.50"),
        (-5, "−£0.05"),
        (None, ""),
    ],
)
def test_pounds(pence, words):
    assert portal.pounds(pence) == words


def test_moment_is_a_time_element():
    html = Template("{% moment at %}").render(
        Context({"at": datetime.datetime(2027, 4, 6, 9, 15, tzinfo=UTC)})
    )
    assert (
        html.strip()
        == '<time datetime="2027-04-06T10:15:00+0100">Tuesday 6 April 2027, 10:15am</time>'
    )
    html = Template("{% moment at %}").render(Context({"at": datetime.date(2027, 4, 6)}))
    assert html.strip() == '<time datetime="2027-04-06">Tuesday 6 April 2027</time>'
    assert Template("{% moment at %}").render(Context({"at": None})).strip() == ""


@pytest.mark.parametrize(
    ("status", "colour"),
    [
        ("assessing", "blue"),
        ("recommended", "purple"),
        ("changes-requested", "yellow"),
        ("changes_requested", "yellow"),
        ("approved", "green"),
        ("late", "red"),
        ("under appeal", "orange"),
        ("something new", "grey"),
    ],
)
def test_tones(status, colour):
    assert tone(status) == colour


def test_status_tag_escapes_and_colours():
    nasty = Context({"label": "<b>Late</b>"})
    html = Template('{% status_tag "late" label %}').render(nasty)
    assert 'class="govuk-tag govuk-tag--red">&lt;b&gt;Late&lt;/b&gt;<' in html
    html = Template('{% status_tag "changes_requested" %}').render(Context())
    assert "Changes requested" in html
    assert 'class="govuk-tag"' in Template('{% status_tag "draft" %}').render(Context())
