"""One number, however it is written, is one; a part of one is none."""

import pytest

from advice.intake.telephone import whole


@pytest.mark.parametrize(
    "written",
    [
        "0116 496 0999",
        "01164960999",
        "(0116) 496-0999",
        "+44 116 496 0999",
        "+44 (0)116 496 0999",
        "0044 116 4960999",
        "44 1164960999",
        "+44 0116 496 0999",
        "0116.496.0999 ext. 12",
        "0116 496 0999 x12",
        "0116\u2011496\u20110999",
    ],
)
def test_a_number_of_ours_is_the_same_however_it_is_written(written):
    assert whole(written) == "+441164960999"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("07700 900123", "+447700900123"),
        ("0800 123456", "+44800123456"),
        ("016977 1234", "+44169771234"),
        ("+353 1 234 5678", "+35312345678"),
        ("00 1 202 555 0143", "+12025550143"),
    ],
)
def test_other_whole_numbers_are_known(written, number):
    assert whole(written) == number


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "0116", "0116 496 0", "496 0999", "4960999", "44", "+44", "0044", "0" * 40),
        *("ring my sister", "0116 496 0999 or 0117 496 0999", "0116 496 099\x00", "+44+116"),
        *("٠١١٦٤٩٦٠٩٩٩", "0000000000", "+1", "+1234567890123456", "x"),
    ],
)
def test_a_part_or_anything_else_is_no_number(written):
    assert whole(written) == ""
