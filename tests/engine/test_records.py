"""Records are values: equal by what they hold, hashed alike, and shown with their names."""

import pytest

from engine.records import record


@record
class Point:
    """A place on a page."""

    x: int
    y: int = 0


@record
class Other:
    """The same fields under another name."""

    x: int
    y: int = 0


@record
class Nothing:
    """No fields at all."""


@record
class Longer(Point):
    """A record that extends another."""

    z: int = 0


def test_records_are_equal_by_kind_and_value():
    assert Point(1) == Point(1, 0)
    assert Point(1) != Point(2)
    assert Point(1) != Other(1)
    assert Point(1) != Longer(1)
    assert Longer(1, z=2) != Longer(1, z=3)
    assert Nothing() == Nothing()
    assert Point(1) != 1


def test_equal_records_have_equal_hashes():
    assert {Point(1), Point(1, 0), Other(1), Nothing(), Nothing()} == {Point(1), Other(1), Nothing()}
    assert hash(Longer(1, z=2)) == hash(Longer(1, z=2))


def test_a_record_shows_its_fields():
    assert repr(Longer(1, z=2)) == "Longer(x=1, y=0, z=2)"
    assert repr(Nothing()) == "Nothing()"


def test_a_record_has_slots():
    with pytest.raises(AttributeError):
        Point(1).color = "red"  # type: ignore[attr-defined]
