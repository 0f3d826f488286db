"""Routing, shares, refusals and the adviser's own say; every topic gets its group."""

import accounts.models.roles
import activity.clock
import activity.saved.models
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


# A topic that is there already belongs to the group that its code begins with.
INTO_GROUPS = """
    INSERT INTO advice_topicgroup (code, title, position)
    SELECT code, coalesce(known.title, code), row_number() OVER (ORDER BY min(topic.position))
    FROM (SELECT split_part(code, '-', 1) AS code, position FROM advice_topic) topic
    LEFT JOIN (VALUES
        ('GEN', 'Starting out'), ('EMP', 'My employer'), ('STF', 'Colleagues and unions'),
        ('WRK', 'Terms and pensions'), ('LEG', 'Legal form'), ('GOV', 'Running it'),
        ('FIN', 'Money'), ('PRO', 'Contracts and tenders'), ('AST', 'Buildings, IT and data'),
        ('EXI', 'If it fails')
    ) known (code, title) USING (code)
    GROUP BY code, known.title;
    UPDATE advice_topic SET group_id = g.id FROM advice_topicgroup g
    WHERE g.code = split_part(advice_topic.code, '-', 1);
    SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_appointment_key'),
        ('advice', '0003_enquirer'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AdviserProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('most', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='most enquiries at once')),
                ('on_duty', models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name='Exclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('conflict', 'We have an interest in who they work for'), ('no-skill', 'Nobody here knows enough about it'), ('no-time', 'Nobody here has the time before it is due'), ('not-ours', 'It is for another provider'), ('other', 'Something else, in the words below'), ('late', 'It was not picked up in time')], max_length=16)),
                ('at', models.DateTimeField(default=activity.clock.now)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ProviderInterest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='in force from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='no more from')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QueueView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=activity.saved.models.new_key, editable=False, max_length=8, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('filters', models.TextField(blank=True)),
                ('saved_at', models.DateTimeField(default=activity.clock.now)),
                ('once', models.UUIDField(editable=False, unique=True)),
            ],
            options={
                'ordering': ['name', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoutingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='in force from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='no more from')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('sector', models.CharField(blank=True, choices=[('nhs', 'NHS'), ('council', 'Council'), ('school', 'School or college'), ('civil-service', 'Civil service'), ('justice', 'Police, probation, prisons or fire'), ('other-public', 'Somewhere else in public service'), ('outside', 'I do not work in public service')], max_length=16)),
                ('nation', models.CharField(blank=True, choices=[('england', 'England'), ('wales', 'Wales'), ('scotland', 'Scotland'), ('northern-ireland', 'Northern Ireland')], max_length=16)),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='in force from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='no more from')),
                ('weight', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)])),
                ('daily_cap', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='most a day')),
                ('given', models.PositiveIntegerField(default=0, editable=False)),
                ('given_on', models.DateField(editable=False, null=True)),
                ('given_that_day', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TopicGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=3, unique=True)),
                ('title', models.CharField(max_length=100)),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position', 'code'],
            },
        ),
        migrations.RemoveIndex(
            model_name='enquiry',
            name='enquiry_queue',
        ),
        migrations.RemoveIndex(
            model_name='enquiry',
            name='enquiry_queue_of_provider',
        ),
        migrations.RemoveIndex(
            model_name='enquiry',
            name='enquiry_of_adviser',
        ),
        migrations.RemoveIndex(
            model_name='enquiry',
            name='enquiry_queue_of_topic',
        ),
        migrations.AddField(
            model_name='advicepolicy',
            name='pick_up_working_days',
            field=models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1)], verbose_name='working days until another provider is asked'),
        ),
        migrations.AddField(
            model_name='enquiry',
            name='chase_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='enquiry',
            name='for_leads',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='enquiry',
            name='pick_up_by',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='enquiry',
            name='route',
            field=models.CharField(blank=True, choices=[('any', 'Any provider may take it'), ('lead', 'Its provider leads on the topic'), ('rule', 'A rule of the routing'), ('share', 'The share of a provider'), ('safety', 'Safety or wrongdoing'), ('programme', 'The programme team'), ('department', 'The department'), ('turn', 'The next in turn'), ('handed', 'Handed over'), ('nobody', 'No provider is left')], max_length=12),
        ),
        migrations.AddField(
            model_name='enquiry',
            name='snoozed_until',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='enquiry',
            name='urgent',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='topic',
            name='goes_to',
            field=models.CharField(blank=True, choices=[('leads', 'A lead of the advice line, at once'), ('programme', 'The programme team'), ('department', 'The department of the employer, if it answers')], max_length=12),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(condition=models.Q(('status__in', ('queued', 'with-adviser', 'waiting-for-enquirer', 'waiting-for-other', 'callback-booked'))), fields=['-urgent', 'due_at', 'id'], name='enquiry_queue'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(condition=models.Q(('for_leads', False), ('status', 'queued')), fields=['-urgent', 'due_at', 'id'], name='enquiry_free'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(condition=models.Q(('status', 'waiting-for-other')), fields=['chase_on'], name='enquiry_to_chase'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(condition=models.Q(('for_leads', False), ('pick_up_by__isnull', False), ('status', 'queued')), fields=['pick_up_by'], name='enquiry_to_pick_up'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(condition=models.Q(('status__in', ('queued', 'with-adviser', 'waiting-for-enquirer', 'waiting-for-other', 'callback-booked'))), fields=['provider', '-urgent', 'due_at', 'id'], name='enquiry_queue_of_provider'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(condition=models.Q(('status__in', ('queued', 'with-adviser', 'waiting-for-enquirer', 'waiting-for-other', 'callback-booked'))), fields=['adviser', '-urgent', 'due_at', 'id'], name='enquiry_of_adviser'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(condition=models.Q(('status__in', ('queued', 'with-adviser', 'waiting-for-enquirer', 'waiting-for-other', 'callback-booked'))), fields=['topic', '-urgent', 'due_at', 'id'], name='enquiry_queue_of_topic'),
        ),
        migrations.AddConstraint(
            model_name='advicepolicy',
            constraint=models.CheckConstraint(condition=models.Q(('pick_up_working_days__gte', 1)), name='advice_policy_gives_a_day_to_pick_up'),
        ),
        migrations.AddField(
            model_name='adviserprofile',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='adviser_profile', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='exclusion',
            name='enquiry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exclusions', to='advice.enquiry'),
        ),
        migrations.AddField(
            model_name='exclusion',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='providerinterest',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='providerinterest',
            name='provider',
            field=models.ForeignKey(limit_choices_to={'kind': 'advice-provider'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='queueview',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='routingrule',
            name='provider',
            field=models.ForeignKey(limit_choices_to={'kind': 'advice-provider'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='routingrule',
            name='topic',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='advice.topic'),
        ),
        migrations.AddField(
            model_name='share',
            name='provider',
            field=models.ForeignKey(limit_choices_to={'kind': 'advice-provider'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='share',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='advice.topicgroup'),
        ),
        migrations.AddField(
            model_name='routingrule',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='advice.topicgroup'),
        ),
        migrations.AddField(
            model_name='adviserprofile',
            name='skills',
            field=models.ManyToManyField(blank=True, related_name='+', to='advice.topicgroup'),
        ),
        migrations.AddField(
            model_name='topic',
            name='group',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='topics', to='advice.topicgroup'),
        ),
        migrations.AddConstraint(
            model_name='exclusion',
            constraint=models.UniqueConstraint(fields=('enquiry', 'provider'), name='exclusion_of_a_provider_once'),
        ),
        migrations.AddConstraint(
            model_name='exclusion',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['conflict', 'no-skill', 'no-time', 'not-ours', 'other', 'late'])), name='exclusion_for_a_reason_of_ours'),
        ),
        migrations.AddConstraint(
            model_name='providerinterest',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='providerinterest_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='share_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gte', 1)), name='share_weighs_something'),
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('provider', '='), (django.db.models.functions.comparison.Coalesce('group', 0), '='), (accounts.models.roles.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary()), '&&')], name='share_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='routingrule',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='routingrule_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='routingrule',
            constraint=models.CheckConstraint(condition=models.Q(('group', None), ('nation', ''), ('sector', ''), ('topic', None), _negated=True), name='routing_rule_asks_something'),
        ),
        migrations.AddConstraint(
            model_name='routingrule',
            constraint=models.CheckConstraint(condition=models.Q(('group', None), ('topic', None), _connector='OR'), name='routing_rule_of_a_group_or_of_a_topic'),
        ),
        migrations.AddConstraint(
            model_name='adviserprofile',
            constraint=models.CheckConstraint(condition=models.Q(('most', None), ('most__gte', 1), _connector='OR'), name='adviser_profile_holds_something'),
        ),
        migrations.AddField(
            model_name='note',
            name='search_staff',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('words', config='english'), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.RunSQL(INTO_GROUPS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='topic',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='topics', to='advice.topicgroup'),
        ),
        migrations.AddIndex(
            model_name='note',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_staff'], name='note_words'),
        ),
    ]
