"""Whose certificates are, and for what: as they are printed and as their public page says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quiz.awards.certificate_data import CertificateLine, achievement
from quiz.awards.certifying import heading_of
from quiz.awards.heading import Heading
from quiz.awards.models import Certificate
from quiz.awards.unit_pages import above
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.queries import list_lists, list_units
from quiz.entries.models import Entry
from quiz.entries.queries import list_entries


@dataclass(frozen=True, slots=True)
class Naming:
    """People and units of some certificates, read once."""

    contest: Contest
    round_name: str
    lists: Mapping[int, str]
    heading: Heading
    entries: Mapping[int, Entry]
    units: Mapping[int, ContestUnit]

    def line(self, row: Certificate) -> CertificateLine | None:
        """What is printed on one; None for whoever was erased."""
        if row.unit_id is not None:
            honoured = self.units[row.unit_id]
            return self._line(row, honoured.name, above(honoured, self.units))
        entry = self.entries[row.entry_id or 0]
        if entry.is_erased:
            return None
        unit = self.units.get(entry.unit_id) if entry.unit_id is not None else None
        return self._line(row, entry.name, unit.name if unit else "")

    def achievement(self, row: Certificate) -> str:
        """For what it was given."""
        rule = next((one for one in self.contest.collective if one.name == row.rule), None)
        name = self.lists[row.list_number] if row.list_number else self.round_name
        return achievement(row.prize, name, rule)

    def number(self, row: Certificate) -> str:
        """00012/GCN-BTC"""
        mark = self.heading.certificate_mark if row.unit_id is None else self.heading.unit_mark
        return f"{row.serial:05d}/{mark}"

    def _line(self, row: Certificate, name: str, unit: str) -> CertificateLine:
        return CertificateLine(name, unit, self.number(row), row.code, self.achievement(row))


def naming(contest: Contest, round_: Round, rows: Sequence[Certificate]) -> Naming:
    """What is needed to name the holders of these."""
    people = [row.entry_id for row in rows if row.entry_id is not None]
    return Naming(
        contest,
        round_.settings.name,
        {one.number: one.settings.name for one in list_lists(contest)},
        heading_of(contest),
        {entry.id: entry for entry in list_entries(contest.id, people)} if people else {},
        {unit.id: unit for unit in list_units(contest.id)},
    )
