"""The register of interests, and the line of a body, which an interest in it holds for."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


# A body, those it succeeded, and those that succeeded it, also over several steps.
LINE = """
CREATE FUNCTION public.portal_line_of(body bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    WITH RECURSIVE later(id) AS (
        SELECT body
        UNION
        SELECT accounts_organisation.successor_id
        FROM public.accounts_organisation JOIN later ON accounts_organisation.id = later.id
        WHERE accounts_organisation.successor_id IS NOT NULL
    ), earlier(id) AS (
        SELECT body
        UNION
        SELECT accounts_organisation.id
        FROM public.accounts_organisation JOIN earlier
            ON accounts_organisation.successor_id = earlier.id
    )
    SELECT id FROM later UNION SELECT id FROM earlier
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_squashed_0003_contact'),
    ]

    operations = [
        migrations.RunSQL(LINE, "DROP FUNCTION public.portal_line_of(bigint)"),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('tie', models.CharField(choices=[('work', 'I work there, or did in the last two years'), ('people', 'A relative or close friend works there or answers for it'), ('money', 'I, or somebody close to me, would gain or lose money by what it does'), ('advice', 'I have advised it, or advised staff of it on leaving'), ('other', 'Something else that others could take for an interest')], max_length=8)),
                ('starts_on', models.DateField(null=True)),
                ('ends_on', models.DateField(null=True)),
                ('declared_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='accounts.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('tie__in', ['work', 'people', 'money', 'advice', 'other'])), name='interest_tie_is_known'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('starts_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='interest_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('user', 'organisation', 'tie'), name='interest_declared_once_while_it_lasts')],
            },
        ),
    ]
