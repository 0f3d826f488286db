"""Whether the line is open, said to whoever thinks of ringing it; holidays and what happens then."""

import datetime

import pytest

from activity import clock
from activity.worktime import UK
from advice.intake.models import AdvicePolicy
from advice.intake.opening import opening


def at(*parts):
    return datetime.datetime(*parts, tzinfo=UK)


@pytest.mark.parametrize(
    ("moment", "words", "voicemail_by"),
    [
        (at(2026, 11, 26, 9), "Open now until 5pm.", (27, 11)),
        (at(2026, 11, 26, 16, 59), "Open now until 5pm.", (27, 11)),
        (at(2026, 11, 26, 8, 59), "Closed. Opens today at 9am.", (27, 11)),
        (at(2026, 11, 26, 17), "Closed. Opens at 9am on Friday 27 November 2026.", (27, 11)),
        (at(2026, 11, 27, 17), "Closed. Opens at 9am on Monday 30 November 2026.", (30, 11)),
        (at(2026, 11, 28, 12), "Closed. Opens at 9am on Monday 30 November 2026.", (30, 11)),
        # Christmas Day 2026 is a Friday, and Boxing Day is kept on the Monday.
        (
            at(2026, 12, 25, 12),
            "Closed for Christmas Day. Opens at 9am on Tuesday 29 December 2026.",
            (29, 12),
        ),
        # In summer and on the days after both changes of the clocks it is nine in London.
        (datetime.datetime(2026, 7, 1, 8, tzinfo=datetime.UTC), "Open now until 5pm.", (2, 7)),
        (
            datetime.datetime(2026, 10, 26, 8, 30, tzinfo=datetime.UTC),
            "Closed. Opens today at 9am.",
            (27, 10),
        ),
        (
            datetime.datetime(2027, 3, 29, 8, tzinfo=datetime.UTC),
            "Closed for Easter Monday.",
            (30, 3),
        ),
        (datetime.datetime(2027, 3, 30, 8, tzinfo=datetime.UTC), "Open now until 5pm.", (31, 3)),
        # Of Scotland's holidays it keeps none: the second of January, kept on the fourth.
        (at(2027, 1, 4, 12), "Open now until 5pm.", (5, 1)),
    ],
)
def test_hours_and_holidays_are_told_as_they_stand_at_that_moment(moment, words, voicemail_by):
    line = opening(AdvicePolicy(), moment)
    assert line.words.startswith(words)
    assert line.is_open == words.startswith("Open now")
    assert (line.voicemail_by.day, line.voicemail_by.month) == voicemail_by


def test_hours_are_those_of_the_policy_and_there_may_be_no_voicemail():
    policy = AdvicePolicy(opens_at=datetime.time(8, 30), closes_at=datetime.time(12))
    policy.voicemail_working_days = 0
    line = opening(policy, at(2026, 11, 26, 12))
    assert line.words == "Closed. Opens at 8:30am on Friday 27 November 2026."
    assert line.voicemail_by is None


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/advice/", "/advice/ask/"])
@pytest.mark.parametrize(
    ("hour", "days", "told"),
    [
        (12, 1, ["Open now until 5pm.", "by the end of the next working day"]),
        (12, 2, ["Open now until 5pm.", "within 2 working days"]),
        (20, 1, ["Closed. Opens at 9am on Friday", "by the end of Friday 27 November 2026"]),
        (20, 0, ["Closed. Opens at 9am on Friday", "nobody takes messages"]),
    ],
)
def test_the_number_stands_with_its_hours_and_what_happens_out_of_them(
    client, monkeypatch, path, hour, days, told
):
    policy = {"starts_on": "2020-01-01", "telephone": "0300 000 0000"}
    AdvicePolicy.objects.create(**policy, voicemail_working_days=days)
    monkeypatch.setattr(clock, "now", lambda: at(2026, 11, 26, hour))
    page = client.get(path).content.decode()
    for words in (*told, "0300 000 0000", "bank holidays of England and Wales"):
        assert words in page
