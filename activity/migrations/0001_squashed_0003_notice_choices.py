"""The tables of events, messages, links and counts."""

import activity.clock
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('activity', '0001_initial'),
        ('activity', '0002_presence'),
        ('activity', '0003_notice_choices'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0003_contact'),
    ]

    operations = [
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=8)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'year'), name='counter_one_a_kind_and_year')],
            },
        ),
        migrations.CreateModel(
            name='DoorCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('door', models.CharField(max_length=24)),
                ('key', models.CharField(max_length=64)),
                ('window_at', models.DateTimeField()),
                ('knocks', models.PositiveIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['window_at'], name='door_count_old_ones')],
                'constraints': [models.UniqueConstraint(fields=('door', 'key', 'window_at'), name='door_count_one_a_window')],
            },
        ),
        migrations.CreateModel(
            name='ClockMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seconds', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=48)),
                ('subject_type', models.CharField(max_length=48)),
                ('subject_id', models.BigIntegerField()),
                ('actor_kind', models.CharField(max_length=8)),
                ('actor_id', models.CharField(max_length=64)),
                ('before', models.CharField(blank=True, max_length=32)),
                ('after', models.CharField(blank=True, max_length=32)),
                ('revision', models.PositiveIntegerField(null=True)),
                ('data', models.JSONField(default=dict)),
                ('at', models.DateTimeField(default=activity.clock.now)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_type', 'subject_id', 'id'], name='event_of_subject'), models.Index(fields=['actor_kind', 'actor_id', 'id'], name='event_by_actor')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cbc9acbe76cb29a4daf0b0d4f631a7f250ce1992', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_571b0', table='activity_event', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('purpose', models.CharField(max_length=32)),
                ('subject_type', models.CharField(max_length=48)),
                ('subject_id', models.BigIntegerField()),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('created_at', models.DateTimeField(default=activity.clock.now)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_type', 'subject_id'], name='link_of_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='link_expires_after_it_is_made')],
            },
        ),
        migrations.CreateModel(
            name='LinkCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='activity.link')),
                ('code_hash', models.CharField(max_length=128)),
                ('expires_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('tries__lte', 5)), name='link_code_five_tries')],
            },
        ),
        migrations.CreateModel(
            name='NoticeChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_choices', to=settings.AUTH_USER_MODEL)),
                ('kind', models.CharField(max_length=48)),
                ('how', models.CharField(choices=[('now', 'At once'), ('day', 'In one daily mail'), ('off', 'Not by mail')], max_length=4)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'kind'), name='notice_choice_one_a_person_and_kind'), models.CheckConstraint(condition=models.Q(('how__in', ['day', 'off'])), name='notice_choice_differs_from_at_once')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=48)),
                ('subject_type', models.CharField(blank=True, max_length=48)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('reference', models.CharField(blank=True, max_length=24)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('ids', models.JSONField(default=dict)),
                ('due_on', models.DateField(null=True)),
                ('mailed', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(default=activity.clock.now)),
                ('read_at', models.DateTimeField(null=True)),
                ('try_at', models.DateTimeField(default=activity.clock.now)),
                ('put_off_to', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(null=True)),
                ('held_at', models.DateTimeField(null=True)),
                ('held_because', models.CharField(blank=True, max_length=32)),
                ('failed_at', models.DateTimeField(null=True)),
                ('failure', models.CharField(blank=True, max_length=32)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('failed_at', None), ('held_at', None), ('mailed', True), ('sent_at', None), ('put_off_to', None)), fields=['try_at', 'id'], name='notification_waiting'), models.Index(condition=models.Q(('failed_at', None), ('held_at', None), ('mailed', True), ('sent_at', None), ('put_off_to__isnull', False)), fields=['put_off_to', 'user'], name='notification_put_off'), models.Index(fields=['user', '-created_at', '-id'], name='notification_inbox'), models.Index(condition=models.Q(('read_at', None)), fields=['user'], name='notification_unread'), models.Index(condition=models.Q(('failed_at__isnull', False)), fields=['-failed_at', '-id'], name='notification_failed')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('user__isnull', False)), models.Q(('user', None), models.Q(('address', ''), _negated=True)), _connector='OR'), name='notification_to_a_user_or_an_address'), models.CheckConstraint(condition=models.Q(models.Q(('failed_at', None), ('held_at', None)), models.Q(('failed_at', None), ('sent_at', None)), models.Q(('held_at', None), ('sent_at', None)), _connector='OR'), name='notification_ends_one_way'), models.CheckConstraint(condition=models.Q(models.Q(('held_at', None), ('held_because', '')), models.Q(('held_at__isnull', False), models.Q(('held_because', ''), _negated=True)), _connector='OR'), name='notification_held_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=24)),
                ('subject_id', models.BigIntegerField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('spot', models.CharField(max_length=48)),
                ('writing', models.BooleanField(default=False)),
                ('seen_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['seen_at'], name='presence_old_ones')],
                'constraints': [models.UniqueConstraint(fields=('place', 'subject_id', 'user'), name='presence_once_a_person_and_place')],
            },
        ),
    ]
