"""Finding a body by part of its name, whatever the accents, short forms and typing errors."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

import accounts.models

# Names are compared as plain words: no accents, capitals or punctuation. All of these functions
# give the same answer to the same words, so that a column can be generated from them.
PLAIN = r"""
CREATE FUNCTION public.portal_plain(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        replace(replace(lower(public.unaccent('public.unaccent', words)), '''', ''), '&', ' and '),
        '[^a-z0-9]+', ' ', 'g'
    ))
$$
"""
# What people write for kinds of bodies; both sides are shortened, so either way is found.
SHORT_FORMS = (
    ("primary care trust", "pct"),
    ("strategic health authority", "sha"),
    ("integrated care board", "icb"),
    ("clinical commissioning group", "ccg"),
    ("national health service", "nhs"),
    ("foundation trust", "ft"),
    ("(hm|his majestys|her majestys) prison", "hmp"),
    ("london borough", "lb"),
    ("royal borough", "rb"),
    ("metropolitan borough council", "mbc"),
    ("borough council", "bc"),
    ("district council", "dc"),
    ("(county|city) council", "cc"),
    ("fire and rescue (service|authority)", "frs"),
    ("further education", "fe"),
    ("department", "dept"),
    ("saint", "st"),
)


def short(words, forms=SHORT_FORMS):
    """The SQL that shortens plain words."""
    for long_form, short_form in forms:
        words = rf"regexp_replace({words}, '\y{long_form}\y', '{short_form}', 'g')"
    return words


SHORT = f"""
CREATE FUNCTION public.portal_short(plain text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT {short("plain")} $$
"""
INITIALS = r"""
CREATE FUNCTION public.portal_initials(plain text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT replace(regexp_replace(
        regexp_replace(plain, '\y(and|of|for|the|in|to)\y', ' ', 'g'), '\y(\w)\w*', '\1', 'g'
    ), ' ', '')
$$
"""
FINDABLE = r"""
CREATE FUNCTION public.portal_findable(name text, other_names varchar[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT string_agg(concat_ws(' ',
        public.portal_plain(one), public.portal_short(public.portal_plain(one)),
        public.portal_initials(public.portal_plain(one))
    ), ' / ') FROM unnest(array_prepend(name::varchar, other_names)) AS one
$$
"""
LIKENESS = """
CREATE FUNCTION public.portal_likeness(words text, findable text) RETURNS real
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT greatest(
        public.word_similarity(public.portal_plain(words), findable),
        public.word_similarity(public.portal_short(public.portal_plain(words)), findable)
    )
$$
"""
# The bound is set for this function alone: two letters that changed places leave 0.47.
LIKE = """
CREATE FUNCTION public.portal_organisations_like(words text, most integer) RETURNS SETOF bigint
LANGUAGE sql STABLE STRICT SET pg_trgm.word_similarity_threshold = 0.4 AS $$
    SELECT one.id FROM public.accounts_organisation AS one,
        (SELECT public.portal_plain(words) AS plain,
            public.portal_short(public.portal_plain(words)) AS short OFFSET 0) AS asked
    WHERE asked.plain OPERATOR(public.<%) one.findable
        OR asked.short OPERATOR(public.<%) one.findable
    ORDER BY public.portal_likeness(words, one.findable) DESC, one.name, one.id LIMIT most
$$
"""


def made(statement, name):
    """A function of the database, and how it is taken away again."""
    return migrations.RunSQL(statement, f"DROP FUNCTION public.{name}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        # Loads the library, whose setting one of the functions sets for itself.
        migrations.RunSQL("SELECT public.similarity('', '')", migrations.RunSQL.noop),
        made(PLAIN, "portal_plain(text)"),
        made(SHORT, "portal_short(text)"),
        made(INITIALS, "portal_initials(text)"),
        made(FINDABLE, "portal_findable(text, varchar[])"),
        made(LIKENESS, "portal_likeness(text, text)"),
        migrations.AddField(
            model_name="organisation",
            name="other_names",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200), blank=True, default=list
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="is_awaited",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="organisation",
            name="findable",
            field=models.GeneratedField(
                db_persist=True,
                expression=accounts.models.Findable("name", "other_names"),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["findable"], name="organisation_by_name", opclasses=["gin_trgm_ops"]
            ),
        ),
        made(LIKE, "portal_organisations_like(text, integer)"),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(
                fields=["id"],
                name="organisation_awaited",
                condition=models.Q(is_awaited=True, ends_on=None),
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["name", "id"], name="organisation_list"),
        ),
    ]
