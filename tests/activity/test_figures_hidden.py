"""Of a table of counts nothing is shown by which a group of fewer than five could be found."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from activity.figures import hiding

TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


def shown_of(counts):
    return [[cell if cell is not None else "few" for cell in row] for row in hiding.safe(counts)]


def test_few_are_hidden_and_none_is_told_like_few():
    assert shown_of([[4, 20, 3], [0, 30, 11]]) == [
        ["few", 20, "few", 25],
        ["few", 30, "few", 40],
        ["few", 50, "few", 70],
    ]
    assert hiding.alone(4) is None
    assert [hiding.alone(count) for count in (5, 7, 8, 12, 13)] == [5, 5, 10, 10, 15]
    assert hiding.safe([]) == []


def test_a_total_never_stands_beside_all_but_one_of_its_parts():
    """Of 2 of 42 nobody may learn by taking 40 from 42: the smallest other is hidden as well."""
    assert shown_of([[2, 10, 30]]) == [
        ["few", "few", 30, 40],
        ["few", "few", 30, 40],
    ]
    # The one below it would give it away by its column, and that by its row.
    assert shown_of([[20, 2, 20], [10, 20, 30], [30, 30, 30]]) == [
        ["few", "few", 20, 40],
        ["few", "few", 30, 60],
        [30, 30, 30, 90],
        [60, 50, 80, 190],
    ]


def test_two_groups_of_hidden_numbers_joined_by_one_do_not_give_that_one_away():
    """Each line has two hidden or more, and still one of them would follow from all of them."""
    counts = [
        [1, 1, 9, 9, 9],
        [1, 1, 2, 9, 9],
        [9, 9, 9, 1, 1],
        [9, 9, 1, 1, 1],
        [9, 9, 9, 9, 9],
    ]
    whole = hiding.with_totals(counts)
    hidden = hiding.hidden_in(whole)
    assert not determined(whole, hidden)


@given(TABLES)
def test_no_hidden_number_follows_from_those_that_are_shown(counts):
    whole = hiding.with_totals(counts)
    hidden = hiding.hidden_in(whole)
    assert not determined(whole, hidden)
    for y, row in enumerate(hiding.safe(counts)):
        for x, cell in enumerate(row):
            if whole[y][x] < hiding.FEWEST:
                assert cell is None
            elif cell is not None:
                assert cell % 5 == 0
                assert abs(cell - whole[y][x]) <= 2


def determined(whole, hidden):
    """Those that somebody could work out who knows every number that is shown exactly.

    By solving all sums for the hidden numbers: one is known when an equation is left of it alone.
    """
    cells = sorted(hidden)
    height, width = len(whole), len(whole[0])
    lines = [[(y, x) for x in range(width)] for y in range(height)]
    lines += [[(y, x) for y in range(height)] for x in range(width)]
    rows = [
        [Fraction((-1 if cell == line[-1] else 1) if cell in line else 0) for cell in cells]
        for line in lines
    ]
    solved = reduced(rows)
    alone = [[at for at, factor in enumerate(row) if factor] for row in solved]
    return [cells[at[0]] for at in alone if len(at) == 1]


def reduced(rows):
    """Gauss and Jordan: every row that is left begins with a column that no other row has."""
    rows, done = [row for row in rows if any(row)], []
    while rows:
        first = min(rows, key=lambda row: next(at for at, each in enumerate(row) if each))
        at = next(at for at, each in enumerate(first) if each)
        first = [each / first[at] for each in first]

        def less(row, first=first, at=at):
            return [a - row[at] * b for a, b in zip(row, first, strict=True)]

        rows.pop(rows.index(min(rows, key=lambda row: next(n for n, e in enumerate(row) if e))))
        rows = [row for row in map(less, rows) if any(row)]
        done = [less(row) for row in done] + [first]
    return done


def test_middles_are_of_five_or_more():
    took = {3: 2, 10: 2, 20: 1}
    assert hiding.middle(took, 50) == 10
    assert hiding.middle(took, 90) == 20
    assert hiding.middle(took, 90, hiding.MANY) is None
    assert hiding.middle({3: 4}, 50) is None
    assert hiding.middle({}, 50) is None
    assert hiding.middle({1: 9, 30: 1}, 90, hiding.MANY) == 1


def test_a_middle_is_shown_where_one_may_be_beyond_it():
    assert [hiding.fewest_for(share) for share in (50, 80, 90, 95)] == [5, 5, 10, 20]


@given(st.integers(1, 400))
def test_each_share_that_is_told_stands_for_five_numbers_or_more(of):
    told = [hiding.at_least(part, of) for part in range(of + 1)]
    assert (told[0] is None) == (of < 10)
    if of >= 10:
        assert min(told.count(each) for each in set(told)) >= hiding.FEWEST
        assert all(each * of <= part * 100 for part, each in enumerate(told))
