"""The colour of a status by what it means. The word is always beside it."""

MEANINGS = {
    # in hand: somebody is at it
    "blue": """draft in_progress submitted assessing implementation with_adviser active preparing
        under_consideration in_review early_thinking open sent unread""",
    # waits on a formal act
    "purple": """recommended countersigned decided being_decided ballot_open ready
        appraisal change_proposed employer_must_not_know""",
    # somebody must answer
    "yellow": """awaiting_sign_off needs_attention changes_requested not_yet due queued raised offered new
        waiting_for_enquirer waiting_for_other callback_booked waiting""",
    # yes, kept, here
    "green": """yes approved approved_with_conditions first_year established kept
        accepted completed taken_up answered changed explained_away published here delivered clean""",
    "orange": "stale due_soon short_of_promise under_appeal",
    "red": "no against late missed fails failed infected",
    # all others, which are ends, rests and what is not known, are grey
}
TONES = {status: colour for colour, statuses in MEANINGS.items() for status in statuses.split()}


def tone(status: str) -> str:
    """The colour for a status value such as "changes_requested" or "awaiting-sign-off"."""
    return TONES.get(status.lower().replace("-", "_").replace(" ", "_"), "grey")
