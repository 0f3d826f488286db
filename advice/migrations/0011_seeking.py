"""Which enquiries have some words, told by the indexes alone and up to a bound."""

from django.db import migrations

# What the planner expects of several words is far off where they stand together more often or less
# often than by chance: it reads every message to find a few that have both. So it has no choice.
# Of words of which none must be there, an index is no help: nothing is found by those alone.
ENQUIRIES_WITH = """
CREATE FUNCTION public.portal_enquiries_with(asked tsquery, most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_indexscan = off SET max_parallel_workers_per_gather = 0 AS $$
BEGIN
    IF querytree(asked) IN ('', 'T') THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT enquiry_id FROM public.advice_message WHERE search_public @@ asked LIMIT most;
    RETURN QUERY
        SELECT enquiry_id FROM public.advice_note WHERE search_staff @@ asked LIMIT most;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('advice', '0010_waiting'),
    ]

    operations = [
        migrations.RunSQL(
            ENQUIRIES_WITH, "DROP FUNCTION public.portal_enquiries_with(tsquery, integer)"
        ),
    ]
