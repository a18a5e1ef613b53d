"""Keys begin with the contest, so that tables can be partitioned or spread by it (ADR 0003)."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Index, Table, UniqueConstraint

from quiz.core.database import Base

# A question knows where it was drawn, so its usage begins with the question; tickets of the line at the door
# count through all contests, because the line is the machine's.
_OTHERWISE = {("question_usage", "question_id, contest_id, round_number"), ("tickets", "number")}
_OF_PEOPLE = ("entries", "attempts", "results", "list_results", "roster_people")
_TABLES = [table for table in Base.metadata.sorted_tables if "contest_id" in table.c]
# Documents of the log and code requests belong to an installation; the contest is a remark there.
_OF_THE_INSTALLATION = {"audit_events", "code_requests", "jobs"}


def _unique(table: Table) -> Iterator[list[str]]:
    yield [column.name for column in table.primary_key]
    for one in table.constraints:
        if isinstance(one, UniqueConstraint):
            yield [column.name for column in one.columns]
    for index in table.indexes:
        if isinstance(index, Index) and index.unique:
            yield [column.name for column in index.columns]


@pytest.mark.parametrize("table", _TABLES, ids=str)
def test_keys_begin_with_the_contest(table):
    found = {", ".join(names) for names in _unique(table) if names[0] != "contest_id"}
    if table.name not in _OF_THE_INSTALLATION:
        assert {(table.name, names) for names in found} <= _OTHERWISE


def test_those_of_people_have_no_exception():
    named = {table.name for table in _TABLES}
    assert set(_OF_PEOPLE) <= named - _OF_THE_INSTALLATION - {table for table, _names in _OTHERWISE}


@pytest.mark.parametrize("table", _TABLES, ids=str)
def test_references_stay_in_their_contest(table):
    """What has a contest on both sides pairs the two, so that no reference leads into another contest."""
    for key in table.foreign_key_constraints:
        if "contest_id" not in key.referred_table.c:
            continue
        pairs = {(one.parent.name, one.column.name) for one in key.elements}
        assert ("contest_id", "contest_id") in pairs, key.name
