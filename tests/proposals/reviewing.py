"""Who reads a page of reviewers and who writes there, for tests of several such pages."""

import pytest

from accounts.models import Role
from proposals.review import actions as review
from tests.factories import somebody

# Somebody, and the status of the answer to reading and to writing.
reviewers_write = pytest.mark.parametrize(
    ("who", "read", "written"),
    [
        ("reviewer", 200, 302),
        ("decider", 200, 403),
        ("lead", 404, 404),
        ("viewer", 404, 404),
        ("barred", 404, 404),
        ("silent", 302, 302),
        ("stranger", 404, 404),
    ],
)


def one_of(case, who, people, staff):
    """One of a team, of the officials who declared none, or of those to whom the case is closed."""
    barred, silent = somebody(Role.REVIEWER), somebody(Role.REVIEWER)
    review.declare(proposal=case, is_conflict=True, by=barred)
    others = {"barred": barred, "silent": silent, "stranger": somebody()}
    return (vars(people) | vars(staff) | others)[who]
