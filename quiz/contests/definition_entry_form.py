"""[entry] of a definition: read from its table and written again. Pure."""

from dataclasses import fields

from quiz.contests.definition_entry import (
    Birth,
    Category,
    EntryFields,
    EntryPolicy,
    Presence,
    Unique,
    Way,
)
from quiz.contests.definition_reading import Table
from quiz.contests.definition_times import read_day
from quiz.contests.definition_writing import Value, section

MAX_AGE, MAX_CATEGORY = 120, 100
_PRESENCES = tuple(Presence)
_CATEGORIES = 'categories = [{ code = "hoc-sinh", name = "Học sinh, sinh viên" }]'


def read_entry(table: Table, *, has_tree: bool) -> EntryPolicy:
    """[entry]: with a tree of units the unit is asked for, unless the definition says otherwise."""
    presences = _read_fields(table.table("fields"), has_tree=has_tree)
    unique = table.choice("unique", _usual_rule(presences), tuple(Unique))
    usual = (Way.ACCOUNT,) if unique is Unique.ACCOUNT else (Way.FORM,)
    policy = EntryPolicy(
        fields=presences,
        birth=table.choice("birth", Birth.DATE, tuple(Birth)),
        categories=_read_categories(table),
        unique=unique,
        ways=table.choices("ways", usual, tuple(Way)),
        min_age=table.optional_integer("min_age", 1, MAX_AGE),
        max_age=table.optional_integer("max_age", 1, MAX_AGE),
        age_on=read_day(table, "age_on") if table.has("age_on") else None,
        units=table.words("units"),
        roster=table.flag("roster", default=False),
        allow_under_16=table.flag("allow_under_16", default=True),
        consent=table.prose("consent"),
        consent_version=table.text("consent_version", most=40) or "1",
        retention_months=table.integer("retention_months", 1, 120, default=12),
    )
    table.done()
    return policy


def write_entry(entry: EntryPolicy) -> str:
    """[entry]; what stands as it does by itself is left out, but for what organisers look for."""
    pairs: dict[str, Value | None] = {
        "fields": _written_fields(entry.fields),
        "birth": entry.birth if entry.asks_only_year else None,
        "categories": [{"code": one.code, "name": one.name} for one in entry.categories] or None,
        "unique": entry.unique,
        "ways": None if entry.ways == (Way.FORM,) and entry.has_way_to_identity else entry.ways,
        "min_age": entry.min_age,
        "max_age": entry.max_age,
        "age_on": entry.age_on,
        "units": entry.units or None,
        "roster": entry.roster or None,
        "allow_under_16": entry.allow_under_16,
        "consent": entry.consent,
        "consent_version": entry.consent_version,
        "retention_months": entry.retention_months,
    }
    return section("[entry]", pairs)


def _usual_rule(presences: EntryFields) -> Unique:
    """The rule that turns no family away; without dates of birth there is only the phone."""
    has_dates = presences.birth_date is Presence.REQUIRED
    return Unique.PHONE_NAME_BIRTH_DATE if has_dates else Unique.PHONE


def _read_fields(table: Table, *, has_tree: bool) -> EntryFields:
    usual = EntryFields(unit=Presence.REQUIRED if has_tree else Presence.OFF)
    presences = {
        one.name: table.choice(
            one.name,
            getattr(usual, one.name),
            (Presence.REQUIRED,) if one.name == "name" else _PRESENCES,
        )
        for one in fields(EntryFields)
    }
    table.done()
    return EntryFields(**presences)


def _written_fields(presences: EntryFields) -> dict[str, Value]:
    """All five fields of the first form, and the further ones that are asked for."""
    first = ("name", "birth_date", "phone", "national_id", "unit")
    return {
        one.name: getattr(presences, one.name)
        for one in fields(presences)
        if one.name in first or getattr(presences, one.name) is not Presence.OFF
    }


def _read_categories(table: Table) -> tuple[Category, ...]:
    categories = []
    for inner in table.tables("categories", example=_CATEGORIES):
        categories.append(
            Category(
                inner.slug("code", example="hoc-sinh"),
                inner.text("name", example="Học sinh, sinh viên", most=MAX_CATEGORY),
            )
        )
        inner.done()
    return tuple(categories)
