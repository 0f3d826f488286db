"""Which texts have some words, told by the index alone and up to a bound."""

import django.contrib.postgres.indexes
from django.conf import settings
from django.db import migrations, models

# What the planner expects of several words is far off where they stand together more often or less
# often than by chance: it reads every text to find a thousand that have both. So it has no choice.
CASES_WITH = """
CREATE FUNCTION public.portal_cases_with(words tsquery, among_open boolean, most integer)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_indexscan = off SET max_parallel_workers_per_gather = 0 AS $$
BEGIN
    -- Of words of which none must be there, the index is no help.
    IF querytree(words) IN ('', 'T') THEN
        RETURN;
    ELSIF among_open THEN
        RETURN QUERY SELECT proposal_id FROM public.proposals_submittedwords
            WHERE is_open AND search_staff @@ words LIMIT most;
    ELSE
        RETURN QUERY SELECT proposal_id FROM public.proposals_submittedwords
            WHERE NOT is_open AND search_staff @@ words LIMIT most;
    END IF;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_appointment_key'),
        ('proposals', '0036_figures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='submittedwords',
            name='submitted_words',
        ),
        migrations.RunSQL(
            CASES_WITH, "DROP FUNCTION public.portal_cases_with(tsquery, boolean, integer)"
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(condition=models.Q(('status__in', ('submitted', 'assessing', 'changes-requested', 'recommended', 'countersigned', 'decided'))), fields=['-submitted_at', '-id'], name='proposal_newest'),
        ),
        migrations.AddIndex(
            model_name='submittedwords',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('is_open', False)), fields=['search_staff'], name='submitted_words_ended'),
        ),
    ]
