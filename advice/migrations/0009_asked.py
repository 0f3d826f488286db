"""The first words of open enquiries, marked, with an index of their own."""

import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# The stems of a text that say something, by the longest; then whatever has two of them.
TWO_OF = r"""
CREATE FUNCTION public.portal_two_of(words text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    WITH stems AS (
        SELECT stem, row_number() OVER (ORDER BY length(stem) DESC, stem) AS n
        FROM unnest(tsvector_to_array(to_tsvector('pg_catalog.english', words))) AS stem
        WHERE stem ~ '^\w{3,}$' ORDER BY n LIMIT 24
    )
    SELECT string_agg(format('%s & (%s)', one.stem, others.stems), ' | ')::tsquery
    FROM stems AS one
    CROSS JOIN LATERAL (
        SELECT string_agg(stem, ' | ') AS stems FROM stems WHERE stems.n > one.n
    ) AS others
    WHERE others.stems IS NOT NULL
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('advice', '0008_leads'),
    ]

    operations = [
        migrations.RunSQL(TWO_OF, "DROP FUNCTION public.portal_two_of(text)"),
        migrations.AddField(
            model_name='message',
            name='asks',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RunSQL(
            """
            UPDATE advice_message SET asks = true FROM advice_enquiry
            WHERE advice_enquiry.id = enquiry_id AND advice_message.revision = 0
                AND status IN ('queued', 'with-adviser', 'waiting-for-enquirer',
                    'waiting-for-other', 'callback-booked')
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name='message',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('asks', True)), fields=['search_public'], name='message_asked'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enquiry',
            trigger=pgtrigger.compiler.Trigger(name='asks_while_open', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF (NEW.status IN ('queued', 'with-adviser', 'waiting-for-enquirer', 'waiting-for-other', 'callback-booked')) <> (OLD.status IN ('queued', 'with-adviser', 'waiting-for-enquirer', 'waiting-for-other', 'callback-booked')) THEN\n    UPDATE advice_message SET asks = NEW.status IN ('queued', 'with-adviser', 'waiting-for-enquirer', 'waiting-for-other', 'callback-booked')\n    WHERE enquiry_id = NEW.id AND revision = 0;\nEND IF;\nRETURN NULL;\n", hash='e9830b59858f9459014e50377d1c348dc84cfffe', operation='UPDATE OF "status"', pgid='pgtrigger_asks_while_open_f0ba8', table='advice_enquiry', when='AFTER')),
        ),
    ]
