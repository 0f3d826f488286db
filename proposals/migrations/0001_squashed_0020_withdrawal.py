"""The tables of schemes, ideas, proposals and what is decided about them."""

import activity.clock
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import proposals.draft.models.team
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('proposals', '0001_initial'),
        ('proposals', '0002_kept_once'),
        ('proposals', '0003_signature_key'),
        ('proposals', '0004_recall_refused'),
        ('proposals', '0005_section_without_needs_attention'),
        ('proposals', '0006_search'),
        ('proposals', '0007_members_own_words'),
        ('proposals', '0008_changes'),
        ('proposals', '0009_version_answer'),
        ('proposals', '0010_people_to_staff'),
        ('proposals', '0011_scope_rules'),
        ('proposals', '0012_ideas'),
        ('proposals', '0013_lapse'),
        ('proposals', '0014_how_long'),
        ('proposals', '0015_how_long_it_took'),
        ('proposals', '0016_version_pdfs'),
        ('proposals', '0017_declarations'),
        ('proposals', '0018_requests'),
        ('proposals', '0019_employer'),
        ('proposals', '0020_withdrawal'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0003_contact'),
    ]

    operations = [
        migrations.CreateModel(
            name='SchemeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(unique=True, verbose_name='number')),
                ('starts_on', models.DateField(unique=True, verbose_name='in force from')),
                ('discount_rate', models.DecimalField(decimal_places=4, default=Decimal('0.0350'), max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(Decimal('0.9999'))], verbose_name='yearly discount rate')),
                ('decision_days', models.PositiveSmallIntegerField(default=40, verbose_name='working days to decide')),
                ('appeal_days', models.PositiveSmallIntegerField(default=20, verbose_name='working days to appeal')),
                ('employer_days', models.PositiveSmallIntegerField(default=20, verbose_name='working days for an employer to answer')),
                ('again_months', models.PositiveSmallIntegerField(default=6, verbose_name='months before trying again')),
                ('warn_after_days', models.PositiveSmallIntegerField(default=150, verbose_name='quiet days to a warning')),
                ('warn_again_after_days', models.PositiveSmallIntegerField(default=166, verbose_name='quiet days to a second warning')),
                ('lapse_after_days', models.PositiveSmallIntegerField(default=180, verbose_name='quiet days to the lapse')),
            ],
            options={
                'verbose_name': 'scheme version',
                'ordering': ['number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('discount_rate__gte', 0), ('discount_rate__lt', 1)), name='scheme_rate_is_a_part_of_one'), models.CheckConstraint(condition=models.Q(('appeal_days__gte', 1), ('decision_days__gte', 1)), name='scheme_clocks_run'), models.CheckConstraint(condition=models.Q(('employer_days__gte', 1)), name='scheme_gives_an_employer_time'), models.CheckConstraint(condition=models.Q(('lapse_after_days__gt', models.F('warn_again_after_days')), ('warn_after_days__gte', 1), ('warn_again_after_days__gt', models.F('warn_after_days'))), name='scheme_warns_twice_before_a_lapse')],
            },
        ),
        migrations.CreateModel(
            name='ScopeRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scope_rules', to='proposals.schemeversion')),
                ('code', models.CharField(max_length=12, verbose_name='code')),
                ('language', models.CharField(default='en-gb', max_length=8, verbose_name='language')),
                ('wording', models.TextField(verbose_name='wording')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('dated_on', models.DateField(verbose_name='published on')),
            ],
            options={
                'verbose_name': 'rule on what is covered',
                'verbose_name_plural': 'rules on what is covered',
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'code', 'language'), name='scope_rule_once_a_scheme')],
            },
        ),
        migrations.CreateModel(
            name='ReasonCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reasons', to='proposals.schemeversion')),
                ('code', models.CharField(max_length=8, verbose_name='code')),
                ('language', models.CharField(default='en-gb', max_length=8, verbose_name='language')),
                ('wording', models.CharField(max_length=200, verbose_name='wording')),
                ('evidence', models.CharField(max_length=200, verbose_name='evidence to attach')),
            ],
            options={
                'verbose_name': 'reason code',
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'code', 'language'), name='reason_code_once_a_scheme')],
            },
        ),
        migrations.CreateModel(
            name='Declaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='proposals.schemeversion')),
                ('key', models.CharField(max_length=16)),
                ('position', models.PositiveSmallIntegerField()),
                ('language', models.CharField(default='en-gb', max_length=8)),
                ('wording', models.CharField(max_length=300)),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'key', 'language'), name='declaration_once_a_scheme')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaration',
            trigger=pgtrigger.compiler.Trigger(name='declaration_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d7824b18735897c395407a59cce8b09421879e96', operation='UPDATE OR DELETE', pgid='pgtrigger_declaration_stands_b3841', table='proposals_declaration', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(editable=False, max_length=24, unique=True)),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=activity.clock.now, editable=False)),
                ('status_at', models.DateTimeField(default=activity.clock.now, editable=False)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('awaiting-sign-off', 'Awaiting sign-off'), ('submitted', 'Submitted'), ('assessing', 'Assessing'), ('changes-requested', 'Changes requested'), ('recommended', 'Recommended'), ('countersigned', 'Countersigned'), ('decided', 'Decided'), ('approved', 'Approved'), ('approved-with-conditions', 'Approved with conditions'), ('rejected', 'Rejected'), ('exempt', 'Exempt'), ('withdrawn', 'Withdrawn'), ('lapsed', 'Lapsed'), ('under-appeal', 'Under appeal')], default='draft', editable=False, max_length=24)),
                ('title', models.CharField(max_length=100)),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='accounts.organisation')),
                ('sector', models.CharField(blank=True, choices=[('community-health', 'Community health'), ('acute-health', 'Acute health'), ('mental-health', 'Mental health'), ('learning-disability', 'Learning disability'), ('adult-social-care', 'Adult social care'), ('childrens-social-care', "Children's social care"), ('youth', 'Youth services'), ('early-years', 'Early years'), ('housing-support', 'Housing support'), ('homelessness-health', 'Health of homeless people'), ('further-education', 'Further education'), ('awarding-and-skills', 'Awarding and skills'), ('schools-support', 'Support for schools'), ('libraries', 'Libraries'), ('culture', 'Culture'), ('leisure', 'Leisure'), ('probation', 'Probation'), ('prisons', 'Prisons'), ('fire', 'Fire and rescue'), ('back-office', 'Back office'), ('civil-service', 'Civil service administration'), ('environment', 'Environment'), ('transport', 'Transport'), ('other', 'Other')], max_length=24)),
                ('headcount', models.PositiveIntegerField(null=True)),
                ('base_cost_pence', models.BigIntegerField(null=True)),
                ('names_hidden', models.BooleanField(default=True)),
                ('submitted_at', models.DateTimeField(editable=False, null=True)),
                ('due_on', models.DateField(editable=False, null=True)),
                ('answer_by', models.DateField(editable=False, null=True)),
                ('employer_due_on', models.DateField(editable=False, null=True)),
                ('scheme', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='proposals.schemeversion')),
                ('released_at', models.DateTimeField(editable=False, null=True)),
                ('took_days', models.PositiveSmallIntegerField(editable=False, null=True)),
                ('once', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('search_public', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('title', config='english'), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('status__in', ('submitted', 'assessing', 'changes-requested', 'recommended', 'countersigned', 'decided'))), fields=['due_on', 'id'], name='proposal_queue'), models.Index(condition=models.Q(('status__in', ('submitted', 'assessing', 'changes-requested', 'recommended', 'countersigned', 'decided'))), fields=['status', 'due_on', 'id'], name='proposal_queue_of_a_status'), models.Index(condition=models.Q(('employer_due_on', None), ('status__in', ('submitted', 'assessing', 'changes-requested', 'recommended', 'countersigned', 'decided'))), fields=['due_on', 'id'], name='proposal_official_to_find'), models.Index(condition=models.Q(('status__in', ('draft', 'awaiting-sign-off', 'changes-requested'))), fields=['status_at'], name='proposal_may_lapse'), models.Index(condition=models.Q(('released_at__isnull', False)), fields=['scheme', '-released_at'], include=('took_days',), name='proposal_how_long'), django.contrib.postgres.indexes.GinIndex(fields=['search_public'], name='proposal_words')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'awaiting-sign-off', 'submitted', 'assessing', 'changes-requested', 'recommended', 'countersigned', 'decided', 'approved', 'approved-with-conditions', 'rejected', 'exempt', 'withdrawn', 'lapsed', 'under-appeal'])), name='proposal_status_is_known'), models.CheckConstraint(condition=models.Q(('sector', ''), ('sector__in', ['community-health', 'acute-health', 'mental-health', 'learning-disability', 'adult-social-care', 'childrens-social-care', 'youth', 'early-years', 'housing-support', 'homelessness-health', 'further-education', 'awarding-and-skills', 'schools-support', 'libraries', 'culture', 'leisure', 'probation', 'prisons', 'fire', 'back-office', 'civil-service', 'environment', 'transport', 'other']), _connector='OR'), name='proposal_sector_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('due_on', None), ('submitted_at', None)), models.Q(('due_on__isnull', False), ('submitted_at__isnull', False)), _connector='OR'), name='proposal_submitted_with_a_due_date'), models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'awaiting-sign-off', 'withdrawn', 'lapsed']), ('submitted_at__isnull', False), _connector='OR'), name='proposal_with_officials_was_submitted'), models.CheckConstraint(condition=models.Q(models.Q(('released_at', None), ('took_days', None)), models.Q(('released_at__isnull', False), ('scheme__isnull', False), ('submitted_at__isnull', False), ('took_days__isnull', False)), _connector='OR'), name='proposal_released_after_so_many_days'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('draft', 'awaiting-sign-off')), _negated=True), ('submitted_at', None), _connector='OR'), name='proposal_with_its_team_is_not_submitted')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='status_by_step', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'INSERT' THEN\n    IF NOT (NEW.status = ANY (ARRAY['draft'])) THEN\n        RAISE EXCEPTION 'a % begins as one of: draft', TG_TABLE_NAME\n            USING ERRCODE = 'check_violation';\n    END IF;\nELSIF NEW.status IS DISTINCT FROM OLD.status\n    AND current_setting('portal.step', true) IS DISTINCT FROM\n        TG_TABLE_NAME || ':' || OLD.id || ':' || OLD.status || '>' || NEW.status THEN\n    RAISE EXCEPTION 'the status of a % changes only by a step', TG_TABLE_NAME\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='6f7e8e84a671c78be6bca404eb9fdeead4eaaf6b', operation='INSERT OR UPDATE', pgid='pgtrigger_status_by_step_0313f', table='proposals_proposal', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='proposals.proposal')),
                ('key', models.CharField(max_length=16)),
                ('answers', models.JSONField(default=dict)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(default=activity.clock.now)),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('proposal', 'key'), name='section_once_a_proposal')],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='proposals.proposal')),
                ('number', models.PositiveIntegerField()),
                ('section', models.CharField(max_length=16)),
                ('page', models.CharField(max_length=32)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(default=activity.clock.now)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['proposal', '-at', '-id'], name='change_newest_first')],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'number'), name='change_numbered_once_a_proposal')],
            },
        ),
        migrations.CreateModel(
            name='ConflictDeclaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='declarations', to='proposals.proposal')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('is_conflict', models.BooleanField()),
                ('declared_at', models.DateTimeField(default=activity.clock.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'proposal'), name='conflict_declared_once_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=proposals.draft.models.team.new_key, editable=False, max_length=8, unique=True)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='proposals.proposal')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('role', models.CharField(choices=[('lead', 'Lead'), ('editor', 'Editor'), ('viewer', 'Viewer')], max_length=8)),
                ('employed', models.BooleanField(null=True)),
                ('may_be_named', models.BooleanField(default=False)),
                ('joined_at', models.DateTimeField(default=activity.clock.now)),
                ('left_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('user', 'proposal'), name='member_once_in_a_team'), models.UniqueConstraint(condition=models.Q(('left_at', None), ('role', 'lead')), fields=('proposal',), name='member_one_lead')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=proposals.draft.models.team.new_key, editable=False, max_length=8, unique=True)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='proposals.proposal')),
                ('name', models.CharField(max_length=100)),
                ('email', models.EmailField(max_length=254)),
                ('role', models.CharField(choices=[('lead', 'Lead'), ('editor', 'Editor'), ('viewer', 'Viewer')], max_length=8)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invited_at', models.DateTimeField(default=activity.clock.now)),
                ('expires_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('accepted', models.BooleanField(default=False)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('once', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role', 'lead'), _negated=True), name='invitation_never_makes_a_lead'), models.UniqueConstraint(condition=models.Q(('answered_at', None), ('revoked_at', None)), fields=('proposal', 'email'), name='invitation_open_once_an_address')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='proposals.proposal')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_at', models.DateTimeField(default=activity.clock.now)),
                ('signed_at', models.DateTimeField(null=True)),
                ('typed_name', models.CharField(blank=True, max_length=100)),
                ('typed_role', models.CharField(blank=True, max_length=100)),
                ('scheme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='proposals.schemeversion')),
                ('voided_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('voided_at', None)), fields=('proposal', 'user'), name='signature_asked_once_a_text'), models.CheckConstraint(condition=models.Q(models.Q(('signed_at', None), ('typed_name', ''), ('typed_role', '')), models.Q(('signed_at__isnull', False), models.Q(('typed_name', ''), _negated=True), models.Q(('typed_role', ''), _negated=True)), _connector='OR'), name='signature_with_name_and_role')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='proposals.proposal')),
                ('number', models.PositiveSmallIntegerField()),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='proposals.schemeversion')),
                ('text', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('frozen_at', models.DateTimeField(default=activity.clock.now)),
            ],
            options={
                'ordering': ['number'],
                'get_latest_by': 'number',
                'constraints': [models.UniqueConstraint(fields=('proposal', 'number'), name='version_numbered_once_a_proposal')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='version',
            trigger=pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='53e6870d19543db2d3bd7459911286476c8ec2d1', operation='UPDATE OR DELETE', pgid='pgtrigger_frozen_c7103', table='proposals_version', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='VersionPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='proposals.version')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('role', models.CharField(choices=[('lead', 'Lead'), ('editor', 'Editor'), ('viewer', 'Viewer')], max_length=8)),
                ('employment', models.CharField(choices=[('proved', 'Works there, as their work address shows'), ('said', 'Works there, to be confirmed'), ('elsewhere', 'Does not work there now'), ('not-said', 'Has not said')], default='not-said', max_length=10)),
                ('signed_at', models.DateTimeField(null=True)),
                ('typed_name', models.CharField(blank=True, max_length=100)),
                ('typed_role', models.CharField(blank=True, max_length=100)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'user'), name='version_person_once')],
            },
        ),
        migrations.CreateModel(
            name='VersionAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named', to='proposals.version')),
                ('section', models.CharField(max_length=16)),
                ('question', models.CharField(max_length=32)),
                ('typed', models.JSONField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'section', 'question'), name='version_answer_once')],
            },
        ),
        migrations.CreateModel(
            name='VersionPdf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='pdf', to='proposals.version')),
                ('data', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(default=activity.clock.now)),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='versionpdf',
            trigger=pgtrigger.compiler.Trigger(name='pdf_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7cf633ed6dd4ce9d1a0bcd28625a3b547770f415', operation='UPDATE', pgid='pgtrigger_pdf_frozen_418b5', table='proposals_versionpdf', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='proposals.proposal')),
                ('number', models.PositiveSmallIntegerField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='proposals.version')),
                ('section', models.CharField(max_length=16)),
                ('page', models.CharField(max_length=32)),
                ('wanted', models.TextField()),
                ('asked_at', models.DateTimeField(default=activity.clock.now)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reply', models.TextField(blank=True)),
                ('replied_at', models.DateTimeField(null=True)),
                ('replied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'number'), name='request_numbered_once_a_proposal')],
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='withdrawal', to='proposals.proposal')),
                ('reason', models.CharField(choices=[('team', 'Too few of us can go on with it'), ('staff', 'Too few colleagues want it'), ('money', 'The figures do not work out'), ('employer', 'We agreed on another way with our employer'), ('service', 'The service ends, or changes too much'), ('another', 'We start again with another proposal'), ('other', 'Another reason'), ('not-said', 'We would rather not say')], max_length=8)),
                ('words', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(default=activity.clock.now)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['team', 'staff', 'money', 'employer', 'service', 'another', 'other', 'not-said'])), name='withdrawal_reason_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='proposals.proposal')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='proposals.version')),
                ('outcome', models.CharField(choices=[('approved', 'Approve'), ('approved-with-conditions', 'Approve with conditions'), ('rejected', 'Reject')], max_length=24)),
                ('good', models.TextField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(default=activity.clock.now)),
                ('countersigned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('countersigned_at', models.DateTimeField(null=True)),
                ('sent_back_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_back_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('sent_back_at', None)), fields=('proposal',), name='recommendation_one_standing'), models.CheckConstraint(condition=models.Q(('outcome__in', ['approved', 'approved-with-conditions', 'rejected'])), name='recommendation_outcome_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('countersigned_at', None), ('countersigned_by', None)), models.Q(('countersigned_at__isnull', False), ('countersigned_by__isnull', False), models.Q(('countersigned_by', models.F('by')), _negated=True)), _connector='OR'), name='recommendation_countersigned_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('sent_back_at', None), ('sent_back_by', None)), models.Q(('sent_back_at__isnull', False), ('sent_back_by__isnull', False), models.Q(('sent_back_by', models.F('by')), _negated=True)), _connector='OR'), name='recommendation_sent_back_by_another')],
            },
        ),
        migrations.CreateModel(
            name='Reason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reasons', to='proposals.recommendation')),
                ('code', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='proposals.reasoncode')),
                ('evidence', models.TextField()),
                ('remedy', models.TextField()),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('recommendation', 'code'), name='reason_once_a_recommendation')],
            },
        ),
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='proposals.recommendation')),
                ('text', models.TextField()),
                ('owner', models.CharField(max_length=100)),
                ('due_on', models.DateField()),
                ('evidence', models.TextField()),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='proposals.proposal')),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='proposals.recommendation')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(default=activity.clock.now)),
                ('recalled_at', models.DateTimeField(null=True)),
                ('released_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('released_at', models.DateTimeField(null=True)),
                ('appeal_by', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('recalled_at', None)), fields=('proposal',), name='decision_one_standing'), models.CheckConstraint(condition=models.Q(models.Q(('appeal_by', None), ('released_at', None), ('released_by', None)), models.Q(('appeal_by__isnull', False), ('released_at__isnull', False), ('released_by__isnull', False)), _connector='OR'), name='decision_released_with_its_dates'), models.CheckConstraint(condition=models.Q(('released_at', None), ('recalled_at', None), _connector='OR'), name='decision_released_is_not_recalled')],
            },
        ),
        migrations.CreateModel(
            name='Recall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recalls', to='proposals.decision')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_at', models.DateTimeField(default=activity.clock.now)),
                ('reason', models.TextField()),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('refused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('refused_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='recall_confirmed_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('refused_at', None), ('refused_by', None)), models.Q(('refused_at__isnull', False), ('refused_by__isnull', False), models.Q(('refused_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='recall_refused_by_another'), models.CheckConstraint(condition=models.Q(('confirmed_at', None), ('refused_at', None), _connector='OR'), name='recall_answered_once'), models.UniqueConstraint(condition=models.Q(('confirmed_at', None), ('refused_at', None)), fields=('decision',), name='recall_open_once_a_decision')],
            },
        ),
        migrations.CreateModel(
            name='EmployerInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='employer_invitations', to='proposals.proposal')),
                ('post', models.CharField(max_length=100)),
                ('address', models.EmailField(max_length=254)),
                ('basis', models.CharField(choices=[('record', "From the organisation's record"), ('checked', 'Checked by a reviewer'), ('named', 'Named by the official who was asked before')], max_length=8)),
                ('checked_how', models.TextField(blank=True)),
                ('asked_at', models.DateTimeField(default=activity.clock.now)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('due_on', models.DateField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_because', models.CharField(blank=True, choices=[('replaced', 'A reviewer replaced them'), ('handed-on', 'They named somebody else'), ('returned', 'The proposal went back to its team'), ('withdrawn', 'The team stopped the proposal')], max_length=9)),
                ('once', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('proposal',), name='employer_invitation_one_live_a_proposal'), models.CheckConstraint(condition=models.Q(models.Q(('post', ''), _negated=True), models.Q(('address', ''), _negated=True)), name='employer_invitation_to_a_post_with_an_address'), models.CheckConstraint(condition=models.Q(models.Q(('asked_by__isnull', False), ('basis', 'checked'), models.Q(('checked_how', ''), _negated=True)), models.Q(('asked_by', None), ('basis__in', ['record', 'named']), ('checked_how', '')), _connector='OR'), name='employer_invitation_checked_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_because', '')), models.Q(('ended_at__isnull', False), ('ended_because__in', ['replaced', 'handed-on', 'returned', 'withdrawn'])), _connector='OR'), name='employer_invitation_ended_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='IdeaCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('title', models.CharField(max_length=100)),
                ('words', models.TextField()),
                ('opens_on', models.DateField()),
                ('closes_on', models.DateField()),
                ('outcome', models.TextField(blank=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('is_example', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(fields=['closes_on', 'id'], name='idea_call_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='idea_call_closes_after_it_opens'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('outcome', '')), models.Q(('closed_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='idea_call_closed_says_what_came_of_it')],
            },
        ),
        migrations.CreateModel(
            name='Idea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(editable=False, max_length=24, unique=True)),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(default=activity.clock.now, editable=False)),
                ('status_at', models.DateTimeField(default=activity.clock.now, editable=False)),
                ('status', models.CharField(choices=[('new', 'New'), ('answered', 'Answered'), ('taken-up', 'Taken up'), ('passed-on', 'Passed on')], default='new', max_length=16)),
                ('call', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ideas', to='proposals.ideacall')),
                ('words', models.TextField()),
                ('employer_must_not_know', models.BooleanField(default=True)),
                ('together', models.BigIntegerField(default=0)),
                ('reply', models.TextField(blank=True)),
                ('enquiry_reference', models.CharField(blank=True, max_length=24)),
                ('once', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('is_example', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(fields=['status', 'together', 'id'], name='idea_queue'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('status', 'new')), fields=['words'], name='idea_new_by_words', opclasses=['gin_trgm_ops'])],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['new', 'answered', 'taken-up', 'passed-on'])), name='idea_status_is_one_of_ours'), models.CheckConstraint(condition=models.Q(('status', 'new'), models.Q(('reply', ''), _negated=True), _connector='OR'), name='idea_answered_with_a_reply'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'passed-on'), models.Q(('enquiry_reference', ''), _negated=True)), models.Q(models.Q(('status', 'passed-on'), _negated=True), ('enquiry_reference', '')), _connector='OR'), name='idea_passed_on_as_a_question')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='idea',
            trigger=pgtrigger.compiler.Trigger(name='status_by_step', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'INSERT' THEN\n    IF NOT (NEW.status = ANY (ARRAY['new'])) THEN\n        RAISE EXCEPTION 'a % begins as one of: new', TG_TABLE_NAME\n            USING ERRCODE = 'check_violation';\n    END IF;\nELSIF NEW.status IS DISTINCT FROM OLD.status\n    AND current_setting('portal.step', true) IS DISTINCT FROM\n        TG_TABLE_NAME || ':' || OLD.id || ':' || OLD.status || '>' || NEW.status THEN\n    RAISE EXCEPTION 'the status of a % changes only by a step', TG_TABLE_NAME\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='79e7d1fdf7afe971f05ee5dbca03600efd7484d7', operation='INSERT OR UPDATE', pgid='pgtrigger_status_by_step_be76a', table='proposals_idea', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Sender',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('idea', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sender', to='proposals.idea')),
                ('name', models.CharField(blank=True, max_length=100)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('address_is_private', models.BooleanField(default=False)),
                ('reach', models.CharField(blank=True, max_length=200)),
                ('workplace', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='proposals.proposal')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('text', models.TextField()),
                ('at', models.DateTimeField(default=activity.clock.now)),
                ('once', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='proposals.proposal')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('from_team', models.BooleanField()),
                ('text', models.TextField()),
                ('at', models.DateTimeField(default=activity.clock.now)),
                ('once', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RequestDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=proposals.draft.models.team.new_key, editable=False, max_length=8, unique=True)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='request_drafts', to='proposals.proposal')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('section', models.CharField(max_length=16)),
                ('page', models.CharField(max_length=32)),
                ('wanted', models.TextField()),
                ('at', models.DateTimeField(default=activity.clock.now)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('once', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
    ]
