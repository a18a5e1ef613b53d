"""Values of a definition as JSON for the database's columns, and back. Pure.

The fields of the dataclasses are the form. What is missing takes the field's default and what is unknown is
left out, so that rows written by an earlier or later version can be read.
"""

import types
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, Self, Union, cast, get_args, get_origin, get_type_hints


class Piece:
    """A part of a definition that can be kept in a JSON column. Base of frozen dataclasses."""

    __slots__ = ()

    def as_dict(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return cast(dict[str, Any], encode(self))

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """The piece that `as_dict` was asked for."""
        return cast(Self, decode(cls, data))


def encode(value: Any) -> Any:
    """A value as what JSON knows: times as ISO text, exact numbers as text, enums as their values."""
    if is_dataclass(value):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def decode(kind: Any, data: Any) -> Any:
    """The value of a type from what `encode` made of it."""
    if get_origin(kind) in {Union, types.UnionType}:
        if data is None:
            return None
        (kind,) = (part for part in get_args(kind) if part is not type(None))
    if get_origin(kind) is tuple:
        return tuple(decode(get_args(kind)[0], item) for item in data)
    if is_dataclass(kind):
        return _decode_dataclass(cast(type, kind), data)
    if kind in {date, datetime}:
        return kind.fromisoformat(data)
    if issubclass(kind, (StrEnum, Decimal)):
        return kind(data)
    return data


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    kind: Any
    has_default: bool


@lru_cache
def _fields(kind: type) -> tuple[_Field, ...]:
    """The fields of a dataclass with their types, worked out once."""
    hints = get_type_hints(kind)
    return tuple(
        _Field(
            field.name,
            hints[field.name],
            field.default is not MISSING or field.default_factory is not MISSING,
        )
        for field in fields(kind)
    )


def _decode_dataclass(kind: type, data: dict[str, Any]) -> Any:
    return kind(
        **{
            field.name: decode(field.kind, data[field.name])
            for field in _fields(kind)
            if field.name in data or not field.has_default
        }
    )
