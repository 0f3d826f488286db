"""Patterns of telling: what happened, what is wrong, what to do next, who can read it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from mutuals_portal.patterns.pattern import Group, Pattern, State, Words, state
from mutuals_portal.patterns.words import LONG

PROBLEMS = [
    {"text": _("Enter the date of the meeting"), "href": "#wrong-met_on-day"},
    {"text": _("Your answer is 7 words. Take out 2."), "href": "#wrong-why"},
    {"text": LONG},
]
VOICE = """<div class="app-voice{% if inside %} app-voice--inside{% endif %}">
  <p class="app-voice__who">{% if inside %}Reviewers only{% else %}The team can read this{% endif %}</p>
  <p class="app-pre">{{ text }}</p>
</div>"""
NEXT = """<section class="app-next" aria-labelledby="next-title">
  <h3 class="govuk-heading-s" id="next-title">Ask two more colleagues to sign</h3>
  <p class="govuk-body">Nobody else holds this up.</p>
</section>"""
VERDICT = """<section class="app-verdict{% if fails %} app-verdict--fails{% endif %}" aria-labelledby="verdict-{{ fails|yesno:'no,yes' }}">
  <h3 class="govuk-heading-m" id="verdict-{{ fails|yesno:'no,yes' }}">{{ words }}</h3>
</section>"""
STEPS = ["Read the file", "Check each row", "Write what is new"]
BEFORE = "We save £40,000 a year.\n\nStaff were asked and 61 of 80 agreed."
AFTER = "We save £31,400 a year.\n\nAll staff were asked and 61 of 80 agreed."
COMPARE = '{% load shown %}{% compare before after _("Version 1") _("Version 2") NAME %}'
PROGRESS = "{% load shown %}{% progress title done steps=steps of=of late=late %}"


def _compare(name: str, before: str, after: str, label: Words = "") -> State:
    return state(COMPARE.replace("NAME", f'"{name}"'), label, before=before, after=after)


def _progress(
    label: Words, done: int, *, steps: Sequence[str] = (), of: int = 0, late: bool = False
) -> State:
    title = _("Bringing in the workbook.")
    return state(PROGRESS, label, title=title, done=done, steps=steps, of=of, late=late)


def group() -> Group:
    """Telling."""
    return Group(_("Telling"), (*_problems(), *_results(), *_voices(), *_work(), *_by_script()))


def _problems() -> tuple[Pattern, ...]:
    return (
        Pattern(
            _("Error summary"),
            _("A page draws it by itself for any bound form with errors; each line leads to its field."),
            (
                state('{% component "error-summary" titleText=_("There is a problem") errorList=problems disableAutoFocus=True %}', problems=PROBLEMS),
                state('{% include "components/problems.html" with errorList=none only %}', _("without problems: nothing")),
            ),
        ),
        Pattern(
            _("Notification banner"),
            _("A message of Django's shows as one. What was done, or what changed since."),
            (
                state('{% component "notification-banner" text=_("Saved.") type="success" titleText=_("Done") titleId="banner-done" role="region" disableAutoFocus=True %}', _("done")),
                state('{% component "notification-banner" text=_("Somebody has already moved this on.") titleId="banner-moved" %}', _("important")),
            ),
        ),
        Pattern(
            _("Warning text"),
            _("Before a step, what cannot be undone."),
            (state('{% component "warning-text" text=_("Your employer will hear of this.") iconFallbackText=_("Warning") %}'),),
        ),
        Pattern(
            _("Inset text"),
            _("An example or a quotation, apart from the text around it."),
            (state('{% component "inset-text" text=_("“We lost two months because nobody had asked about new starters.”") %}'),),
        ),
    )  # fmt: skip


def _results() -> tuple[Pattern, ...]:
    return (
        Pattern(
            _("Panel"),
            _("The page after something was sent: that it arrived, and its reference."),
            (state('{% component "panel" titleText=_("We have your proposal") text="RTP-2027-0042" headingLevel=3 %}'),),
        ),
        Pattern(_("Next"), _("The one thing to do next, top left."), (state(NEXT),)),
        Pattern(
            _("Verdict"),
            _("A computed result in words, before its figures."),
            (
                state(VERDICT, fails=False, words=_("£453,915 saved over five years")),
                state(VERDICT, _("fails"), fails=True, words=_("Costs £21,085 more than staying")),
            ),
        ),
        Pattern(
            _("Tiles"),
            _("A number, what it counts, what it is compared with."),
            (
                state(
                    '{% include "components/tiles.html" with tiles=tiles only %}',
                    tiles=[
                        {"number": "94", "counts": "people work there", "beside": "89 transferred"},
                        {"number": "−£21,085", "counts": "over five years", "kind": "bad"},
                        {"number": "Not known", "counts": "of quality promises kept"},
                    ],
                ),
                state('{% include "components/tiles.html" with tiles=tiles only %}', _("long words"), tiles=[{"number": "£999,999,999,999.99", "counts": LONG}]),
            ),
        ),
        Pattern(
            _("Details"),
            _("What few need, under words that say what it is."),
            (
                state('{% around "details" summaryText=_("What counts as a year") %}<p class="govuk-body">From April to March.</p>{% endaround %}'),
                state('{% component "details" summaryText=_("What counts as staff") text=_("Everybody with a contract.") open=True %}', _("open")),
            ),
        ),
    )  # fmt: skip


def _voices() -> tuple[Pattern, ...]:
    return (
        Pattern(
            _("Two voices"),
            _("Who can read it is said in words, by shape and by colour: never both in one form."),
            (
                state(VOICE, _("messages to the outside"), inside=False, text=_("We asked your employer on 3 March.")),
                state(VOICE, _("notes among officials"), inside=True, text=_("The figures of year 3 do not add up.")),
                state(VOICE, _("long words"), inside=True, text=LONG),
            ),
        ),
    )  # fmt: skip


def _work() -> tuple[Pattern, ...]:
    return (
        Pattern(
            _("Progress"),
            _(
                "Work that takes longer than a page: a matching run, a workbook. No script, no spinner."
            ),
            (
                _progress(_("at work"), 1, steps=STEPS),
                _progress(_("late"), 2, steps=STEPS, late=True),
                _progress(_("finished"), 3, steps=STEPS),
                _progress(_("counted"), 412, of=1_000),
                _progress(_("not begun"), 0, of=1_000),
            ),
        ),
        Pattern(
            _("Changed words"),
            _(
                "Two versions side by side. Marked by line and by hidden words, not by colour alone."
            ),
            (
                _compare("words", BEFORE, AFTER),
                _compare("alike", BEFORE, BEFORE, _("nothing changed")),
                _compare("empty", "", AFTER, _("nothing was written before")),
                _compare("long", LONG, LONG[:-1], _("long words")),
            ),
        ),
    )


def _by_script() -> tuple[Pattern, ...]:
    return (
        Pattern(
            _("Presence"),
            _("Who else is at the same record, in words. It locks nothing."),
            (
                state('{% include "components/here.html" %}', _("somebody"), here={"lines": [_("Jo Bannister is writing here"), LONG]}),
                state('{% include "components/here.html" %}', _("nobody"), here={"lines": []}),
            ),
        ),
        Pattern(
            _("Autosave"),
            _("A form with data-autosave says when it was saved, or what to do when it was not."),
            (state('{% include "components/autosave_line.html" with button=_("Save and continue") only %}'),),
        ),
        Pattern(
            _("Sending a file"),
            _("Under a form that takes a file, in an element with data-upload. Without script its button sends it."),
            (state('{% include "components/upload_line.html" %}', part=40, said=_("Sending the file: 40% sent")),),
        ),
        Pattern(
            _("Copy a link"),
            _("Beside an address that is shown as text. The button is added by script."),
            (state('<code>{{ address }}</code> {% include "components/copy.html" %}', address="https://portal.example/pathfinders/PF-0001/"),),
        ),
    )  # fmt: skip
