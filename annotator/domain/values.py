"""Values of the attributes that a schema adds to records: whatever their type, they are kept as words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """The value of one attribute. Many choices are several words; a flag that is set is "yes"; no words, no value."""

    key: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise ValueError("an attribute without a value is left out")


def value_of(attributes: tuple[Value, ...], key: str) -> tuple[str, ...]:
    """The attribute's values, empty when it is not set."""
    return next((value.values for value in attributes if value.key == key), ())


def with_value(attributes: tuple[Value, ...], key: str, values: tuple[str, ...]) -> tuple[Value, ...]:
    """The attributes with another value of one of them; without it when there are no values. Sorted by key."""
    if not attributes:
        return (Value(key, values),) if values else ()
    others = [value for value in attributes if value.key != key]
    return tuple(sorted([*others, *([Value(key, values)] if values else [])], key=lambda value: value.key))
