"""What somebody typed into a form that was not taken: shown to them, to copy."""

from django.http import HttpRequest

# What a page of ours put into its form by itself: tokens, marks, names of buttons; and what nobody
# may read over a shoulder. A test knows every name of a button and of a hidden field.
NOT_TYPED = {
    *("csrfmiddlewaretoken", "seen", "sent", "once", "asked", "began", "next", "sheet", "shown"),
    *("tick", "list", "to", "queue", "after", "show", "task", "other", "heard", "colleagues"),
    "duty",
    "version",
    *("used", "insert", "find", "unlink"),
    *("open-link", "send-code", "join", "then", "press"),
    *("action_add", "action_send", "action_remove"),
    "code",
}
COUNTS_OF_ROWS = ("_FORMS",)
# What a field showed before anybody changed it.
SHOWN_BEFORE = "initial-"


def typed_in(request: HttpRequest) -> list[str]:
    """The texts of a form, without passwords, tokens and marks of ours."""
    return [
        value
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
        and "password" not in name
        and not name.endswith(COUNTS_OF_ROWS)
        and not name.startswith(SHOWN_BEFORE)
        for value in values
        if value.strip()
    ]
