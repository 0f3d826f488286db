"""The tables of the advice line."""

import activity.clock
import datetime
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('advice', '0001_initial'),
        ('advice', '0002_search'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0003_contact'),
    ]

    operations = [
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8, unique=True)),
                ('title', models.CharField(max_length=100)),
                ('lead', models.ForeignKey(blank=True, limit_choices_to={'kind': 'advice-provider'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_topics', to='accounts.organisation')),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position', 'code'],
            },
        ),
        migrations.CreateModel(
            name='AdvicePolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(unique=True, verbose_name='in force from')),
                ('telephone', models.CharField(blank=True, max_length=20, verbose_name='telephone number of the line')),
                ('opens_at', models.TimeField(default=datetime.time(9, 0), verbose_name='opens at')),
                ('closes_at', models.TimeField(default=datetime.time(17, 0), verbose_name='closes at')),
                ('first_reply_working_days', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1)], verbose_name='working days to a first reply')),
                ('wait_working_days', models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MinValueValidator(1)], verbose_name='working days we wait for an enquirer')),
                ('enquiries_each', models.PositiveSmallIntegerField(default=8, verbose_name='most enquiries an adviser holds at once')),
            ],
            options={
                'verbose_name_plural': 'advice policies',
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='advice_policy_closes_after_it_opens'), models.CheckConstraint(condition=models.Q(('first_reply_working_days__gte', 1), ('wait_working_days__gte', 1)), name='advice_policy_counts_days')],
            },
        ),
        migrations.CreateModel(
            name='Enquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(editable=False, max_length=24, unique=True)),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=activity.clock.now, editable=False)),
                ('status_at', models.DateTimeField(default=activity.clock.now, editable=False)),
                ('status', models.CharField(choices=[('queued', 'Queued'), ('with-adviser', 'With adviser'), ('waiting-for-enquirer', 'Waiting for the enquirer'), ('waiting-for-other', 'Waiting for somebody else'), ('callback-booked', 'Callback booked'), ('answered', 'Answered'), ('closed', 'Closed'), ('spam', 'Spam'), ('merged', 'Merged'), ('withdrawn', 'Withdrawn'), ('referred-out', 'Referred out')], default='queued', max_length=24)),
                ('channel', models.CharField(choices=[('form', 'Form'), ('phone', 'Phone'), ('email', 'E-mail'), ('letter', 'Letter'), ('event', 'Event')], default='form', max_length=8)),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='advice.topic')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='advice.advicepolicy')),
                ('employer_must_not_know', models.BooleanField(default=True)),
                ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to='accounts.organisation')),
                ('adviser', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to=settings.AUTH_USER_MODEL)),
                ('outcome', models.CharField(blank=True, choices=[('helped', 'We answered it'), ('signposted', 'We said who else to ask'), ('became-proposal', 'It became a proposal'), ('barrier-raised', 'A rule stands in the way, and was reported'), ('not-reached', 'We could not reach them'), ('out-of-scope', 'It was not for the advice line'), ('no-help-possible', 'Nobody could help')], max_length=24)),
                ('received_at', models.DateTimeField(default=activity.clock.now)),
                ('clock_from', models.DateTimeField()),
                ('first_reply_due_at', models.DateTimeField()),
                ('first_replied_at', models.DateTimeField(blank=True, null=True)),
                ('due_at', models.DateTimeField()),
                ('once', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('is_example', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name_plural': 'enquiries',
                'indexes': [models.Index(condition=models.Q(('status__in', ('queued', 'with-adviser', 'waiting-for-enquirer', 'waiting-for-other', 'callback-booked'))), fields=['due_at', 'id'], name='enquiry_queue'), models.Index(condition=models.Q(('status__in', ('queued', 'with-adviser', 'waiting-for-enquirer', 'waiting-for-other', 'callback-booked'))), fields=['provider', 'due_at', 'id'], name='enquiry_queue_of_provider'), models.Index(condition=models.Q(('status__in', ('queued', 'with-adviser', 'waiting-for-enquirer', 'waiting-for-other', 'callback-booked'))), fields=['adviser', 'due_at', 'id'], name='enquiry_of_adviser'), models.Index(condition=models.Q(('status__in', ('queued', 'with-adviser', 'waiting-for-enquirer', 'waiting-for-other', 'callback-booked'))), fields=['topic', 'due_at', 'id'], name='enquiry_queue_of_topic')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'with-adviser', 'waiting-for-enquirer', 'waiting-for-other', 'callback-booked', 'answered', 'closed', 'spam', 'merged', 'withdrawn', 'referred-out'])), name='enquiry_status_is_one_of_ours'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'queued'), _negated=True), ('adviser', None), _connector='OR'), name='enquiry_queued_is_nobodys'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['with-adviser', 'waiting-for-enquirer', 'waiting-for-other', 'callback-booked', 'answered']), _negated=True), models.Q(('adviser__isnull', False), ('provider__isnull', False)), _connector='OR'), name='enquiry_held_by_an_adviser_of_a_provider'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'closed'), _negated=True), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='enquiry_closed_with_an_outcome'), models.CheckConstraint(condition=models.Q(('due_at__gt', models.F('clock_from')), ('first_reply_due_at__gt', models.F('received_at'))), name='enquiry_due_after_its_clock_starts')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enquiry',
            trigger=pgtrigger.compiler.Trigger(name='status_by_step', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'INSERT' THEN\n    IF NOT (NEW.status = ANY (ARRAY['queued'])) THEN\n        RAISE EXCEPTION 'a % begins as one of: queued', TG_TABLE_NAME\n            USING ERRCODE = 'check_violation';\n    END IF;\nELSIF NEW.status IS DISTINCT FROM OLD.status\n    AND current_setting('portal.step', true) IS DISTINCT FROM\n        TG_TABLE_NAME || ':' || OLD.id || ':' || OLD.status || '>' || NEW.status THEN\n    RAISE EXCEPTION 'the status of a % changes only by a step', TG_TABLE_NAME\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='9b68c6bd69b150e8fa377f492b93f2eeba79a652', operation='INSERT OR UPDATE', pgid='pgtrigger_status_by_step_b3c7b', table='advice_enquiry', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enquiry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='contact', to='advice.enquiry')),
                ('name', models.CharField(blank=True, max_length=100)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('address_is_private', models.BooleanField(default=False)),
                ('telephone', models.CharField(blank=True, max_length=40)),
                ('safe_ways', models.CharField(blank=True, max_length=200)),
                ('sector', models.CharField(blank=True, choices=[('nhs', 'NHS'), ('council', 'Council'), ('school', 'School or college'), ('civil-service', 'Civil service'), ('justice', 'Police, probation, prisons or fire'), ('other-public', 'Somewhere else in public service'), ('outside', 'I do not work in public service')], max_length=16)),
                ('employer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('employer_name', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('employer', None), ('employer_name', ''), _connector='OR'), name='contact_names_its_employer_once')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='advice.enquiry')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('words', models.TextField()),
                ('at', models.DateTimeField(default=activity.clock.now)),
                ('revision', models.PositiveIntegerField()),
                ('once', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('search_public', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('words', config='english'), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['enquiry', 'id'], name='message_of_enquiry'), django.contrib.postgres.indexes.GinIndex(fields=['search_public'], name='message_words')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='advice.enquiry')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('words', models.TextField()),
                ('at', models.DateTimeField(default=activity.clock.now)),
                ('once', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['enquiry', 'id'], name='note_of_enquiry')],
            },
        ),
    ]
