"""Days on which a job does something, in the time that a test moves."""

import datetime
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")


def at(day, hour=10):
    """An hour of a day, UK time."""
    return datetime.datetime.combine(day, datetime.time(hour), UK)


def acted_on(job, moved, first, last, hours=(10,)):
    """The days on which a job did anything, once for each thing, run at these hours of every day.

    job: returns how many things it did. moved: the clock.
    """
    found = []
    for n in range((last - first).days + 1):
        day = first + datetime.timedelta(n)
        for hour in hours:
            moved.move_to(at(day, hour))
            found += [day] * job()
    return found
