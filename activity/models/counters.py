"""Numbers that the database counts: references, door limits, and the tests' clock."""

from django.db import models


class Counter(models.Model):
    """The last number given out for a kind of reference in a year (0: the kind has no years)."""

    kind = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year"], name="counter_one_a_kind_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class DoorCount(models.Model):
    """How often somebody knocked at a door (sign-in, a form, a code) in one window of time.

    `key` is a keyed hash of an address or a network address, never the thing itself.
    """

    door = models.CharField(max_length=24)
    key = models.CharField(max_length=64)
    window_at = models.DateTimeField()
    knocks = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["door", "key", "window_at"], name="door_count_one_a_window"
            )
        ]
        indexes = [models.Index(fields=["window_at"], name="door_count_old_ones")]

    def __str__(self) -> str:
        return f"{self.door}: {self.knocks}"


class ClockMove(models.Model):
    """How far a browser test has moved the clock. Read only under PORTAL_TEST_CLOCK."""

    seconds = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.seconds} s"
