"""Counting stretches, outcomes and reasons by month, so that no page counts cases.

Each is counted four times: among all, in its department, in its sector, and in both. A page that
is narrowed by either reads as few rows as one that is not.
"""

from __future__ import annotations

import datetime

from django.db import connection
from django.db.models import Q

from activity import clock
from activity.transactions import in_one_piece
from activity.worktime import ENGLAND_AND_WALES, calendar_for, working_days_between
from proposals.draft.models import Status
from proposals.figures import stretches
from proposals.figures.models import Figure, Reckoning
from proposals.figures.stretches import DECISIONS

# Ages of open cases in working days: up to so many, the last one without end.
BANDS = (5, 10, 20)
# What ends a case besides a decision.
STOPPED = (Status.WITHDRAWN, Status.LAPSED)

# A department's own staff is its case, and so is that of the bodies which answer to it now.
COUNT = """
INSERT INTO proposals_figure (measure, cut, department_id, sector, month, key, days, count)
SELECT measure, GROUPING(department, sector), department, coalesce(sector, ''), month, key, days,
    count(*)
FROM (
    SELECT found.*, proposal.sector,
        CASE WHEN body.kind = 'department' THEN body.id ELSE body.department_id END AS department
    FROM (
        SELECT 'took' AS measure, stage AS key, date_trunc('month', until_on)::date AS month,
            days, proposal_id
        FROM proposals_stretch WHERE until_on >= %(since)s
        UNION ALL
        SELECT 'took', %(decision)s, date_trunc('month', until_on)::date, decision_days, proposal_id
        FROM proposals_stretch WHERE until_on >= %(since)s AND decision_days IS NOT NULL
        UNION ALL
        SELECT 'outcome', "then", date_trunc('month', until_on)::date, 0, proposal_id
        FROM proposals_stretch WHERE until_on >= %(since)s AND "then" = ANY(%(outcomes)s)
        UNION ALL
        SELECT 'reason', code.code, date_trunc('month', until_on)::date, 0, ended.proposal_id
        FROM proposals_stretch ended
        JOIN proposals_decision decision ON decision.proposal_id = ended.proposal_id
            AND (decision.released_at AT TIME ZONE 'Europe/London')::date = ended.until_on
        JOIN proposals_reason reason ON reason.recommendation_id = decision.recommendation_id
        JOIN proposals_reasoncode code ON code.id = reason.code_id
        WHERE until_on >= %(since)s AND "then" = 'rejected'
        UNION ALL
        SELECT 'open', stage, NULL, (SELECT count(*) FROM unnest(%(firsts)s) AS first WHERE since_on < first), proposal_id
        FROM proposals_stretch WHERE until_on IS NULL
    ) found
    JOIN proposals_proposal proposal ON proposal.id = found.proposal_id
    JOIN accounts_organisation body ON body.id = proposal.employer_id
) placed
GROUP BY measure, month, key, days,
    GROUPING SETS ((), (department), (sector), (department, sector))
"""
BEFORE_ALL = datetime.date(2000, 1, 1)
ONE_DAY = datetime.timedelta(1)


@in_one_piece
def reckon(since: datetime.date = BEFORE_ALL) -> None:
    """Count the months from the one of this day on, and how open cases stand, once more.

    A month that is over keeps the department and sector that its cases had when it was counted.
    """
    since = since.replace(day=1)
    Reckoning.mark()
    Figure.objects.filter(Q(month=None) | Q(month__gte=since)).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            COUNT,
            {
                "since": since,
                "decision": Figure.DECISION,
                "outcomes": [str(each) for each in (*DECISIONS, *STOPPED)],
                "firsts": [first_day(band, clock.today()) for band in BANDS],
            },
        )


def first_day(days: int, today: datetime.date) -> datetime.date:
    """The earliest day since which no more than so many working days have passed by today. Pure."""
    calendar, first = calendar_for(ENGLAND_AND_WALES), today
    while working_days_between(first - ONE_DAY, today, [], calendar) <= days:
        first -= ONE_DAY
    return first


def reckon_if_new_day() -> None:
    """Reckon what may have changed since the last time, once a day; the first time, everything."""
    last = Reckoning.objects.last()
    if last is None:
        reckon_again()
    elif last.day < clock.today():
        reckon(last.day)


def reckon_again() -> None:
    """Reckon everything from the events of all cases."""
    stretches.build_again()
    reckon()
