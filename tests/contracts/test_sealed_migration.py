"""Names that stood in clear are encrypted by the migration, and come back as they were on the way down."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, MetaData, Table, select

from quiz.attempts.models import Accommodation
from quiz.core.database import db
from quiz.core.names import name_key, sort_key
from quiz.entries.models import BarredPerson, Entry, RosterPerson
from quiz.entries.queries import browse_entries
from tests.support.canary import BORN, NAME, found_in, found_in_database
from tests.support.factories import KEYRING, NOW

_BEFORE, _AFTER = "0029", "0032"
_COUNT = 1_003  # more than one batch
_FOLDED, _SORTED = name_key(NAME), sort_key(NAME)
pytestmark = pytest.mark.usefixtures("blank")


def _table(connection: Connection, name: str) -> Table:
    return Table(name, MetaData(), autoload_with=connection)


def _fill(connection: Connection) -> None:
    """The canary and many others as they were stored before; one is erased, one has no birth date."""
    moment = NOW.replace(tzinfo=None) if connection.dialect.name == "sqlite" else NOW
    settings = {"settings": "{}", "entry": "{}", "collective": "[]"}
    contests = {
        "id": 1,
        "slug": "a",
        "title": "A",
        "version": 1,
        "created_at": moment,
        "updated_at": moment,
    } | settings
    connection.execute(_table(connection, "contests").insert(), contests)
    person = {"contest_id": 1, "name": NAME, "name_key": _FOLDED, "birth_date": BORN}
    others = {"status": "active", "consent_version": "1", "consented_at": moment, "may_publish": True}
    entries = [
        {**person, **others, "id": number, "sort_key": _SORTED, "registered_at": moment}
        for number in range(1, _COUNT + 1)
    ]
    entries[1] |= {"name": "Đã xóa dữ liệu", "name_key": "", "sort_key": "zz", "birth_date": None}
    connection.execute(_table(connection, "entries").insert(), entries)
    listed = person | {"id": 1, "only_year": False, "added_at": moment}
    roster = listed | {"code": "HS 01", "code_key": "hs01"}
    connection.execute(_table(connection, "roster_people").insert(), roster)
    connection.execute(_table(connection, "barred_people").insert(), listed | {"note": f"con của {NAME}"})
    need = {"contest_id": 1, "entry_id": 1, "extra_percent": 50, "hides_clock": False, "given_at": moment}
    connection.execute(_table(connection, "accommodations").insert(), need | {"reason": f"{NAME} mờ mắt"})


def _words(connection: Connection) -> str:
    tables = ("entries", "roster_people", "barred_people")
    return "\n".join(
        str(tuple(row)) for name in tables for row in connection.execute(select(_table(connection, name)))
    )


def test_names_are_sealed_on_the_way_up_and_readable_again_on_the_way_down():
    upgrade(revision=_BEFORE)
    with db.engine.begin() as connection:
        _fill(connection)
    upgrade(revision=_AFTER)
    with db.engine.connect() as connection:
        assert not found_in(_words(connection))
    _check_models()
    db.session.remove()
    downgrade(revision=_BEFORE)
    with db.engine.connect() as connection:
        rows = connection.execute(select(_table(connection, "entries"))).all()
        assert len(rows) == _COUNT
        assert (rows[0].name, rows[0].name_key, rows[0].birth_date) == (NAME, _FOLDED, BORN)
        assert rows[0].sort_key == _SORTED
        assert (rows[1].name_key, rows[1].sort_key, rows[1].birth_date) == ("", "zz", None)
        roster = connection.execute(select(_table(connection, "roster_people"))).one()
        assert (roster.name, roster.code, roster.code_key) == (NAME, "HS 01", "hs01")
        barred = connection.execute(select(_table(connection, "barred_people"))).one()
        assert (barred.name_key, barred.birth_date, barred.note) == (_FOLDED, BORN, f"con của {NAME}")
        need = connection.execute(select(_table(connection, "accommodations"))).one()
        assert need.reason == f"{NAME} mờ mắt"


def _check_models() -> None:
    """What the migration wrote is what the application writes."""
    upgrade()
    assert browse_entries(1, "yen quang").total == _COUNT - 1
    first, erased = db.session.scalars(select(Entry).order_by(Entry.id).limit(2)).all()
    assert (first.name, first.birth_date, first.is_erased) == (NAME, BORN, False)
    assert (erased.name, erased.name_words, erased.is_erased) == ("Đã xóa dữ liệu", "", True)
    roster = db.session.scalars(select(RosterPerson)).one()
    assert (roster.code, roster.birth_date) == ("HS 01", BORN)
    assert roster.code_key == KEYRING.blind_index("roster code:1", "hs01")
    barred = db.session.scalars(select(BarredPerson)).one()
    assert (barred.name, barred.note, barred.name_key) == (NAME, f"con của {NAME}", first.name_key)
    assert db.session.scalars(select(Accommodation.reason)).all() == [f"{NAME} mờ mắt"]
    assert not found_in_database()
