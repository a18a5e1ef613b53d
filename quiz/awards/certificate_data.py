"""What is printed on certificates, as the template takes it. Pure but for what time it is told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quiz.awards.heading import Heading
from quiz.awards.typesetting import qr_rows
from quiz.contests.definition import CollectiveDefinition
from quiz.contests.models import Contest, Round
from quiz.scoring.collective import Over

# What is given to whom: people are certified, units are commended.
_OF_PEOPLE = ("GIẤY CHỨNG NHẬN", "Ban Tổ chức cuộc thi chứng nhận")
_OF_UNITS = ("GIẤY KHEN", "Ban Tổ chức cuộc thi tặng")


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """One certificate: to whom, for what. `unit` is a person's, or stands above the unit that is honoured."""

    name: str
    unit: str
    number: str
    code: str
    achievement: str


def common_data(
    contest: Contest, round_: Round, heading: Heading, now: datetime, *, of_units: bool = False
) -> dict[str, Any]:
    """What is the same on all."""
    kind, says = _OF_UNITS if of_units else _OF_PEOPLE
    decision = round_.decision
    day = decision.date if decision else now.astimezone(contest.settings.zone).date()
    return {
        "title": kind.capitalize(),
        "superior": heading.superior,
        "body": heading.body,
        "motto": list(heading.motto),
        "kind": kind,
        "says": says,
        "contest": contest.settings.title,
        "place": heading.place_and_day(day),
        "signing": list(heading.lines_above_signature),
        "signer": heading.signer or (decision.signer if decision else ""),
    }


def person_data(line: CertificateLine, round_: Round, base: str) -> dict[str, Any]:
    """What is one person's own; `base` is the address in front of the code."""
    address = f"{base}{line.code}"
    notes = [f"Số: {line.number}"]
    if round_.decision is not None:
        day = round_.decision.date
        notes.append(f"Quyết định số {round_.decision.number} ngày {day:%d/%m/%Y}")
    notes += ["Quét mã để xác minh, hoặc mở", address.partition("://")[2] or address]
    return {
        "name": line.name,
        "unit": line.unit,
        "prize": line.achievement,
        "qr": qr_rows(address),
        "notes": notes,
    }


def achievement(prize: str, round_name: str, rule: CollectiveDefinition | None = None) -> str:
    """đạt giải Nhất, Tuần 1; đã tham gia Tuần 1; đạt giải Nhất (Giải tập thể xã), Tuần 1.

    A collective `rule` is named, and the round only where the rule looks at no other one.
    """
    if not prize:
        return f"đã tham gia {round_name}"
    named = prize if prize.casefold().startswith("giải") else f"giải {prize}"
    won = f"đạt {named[:1].lower()}{named[1:]}"
    if rule is None:
        return f"{won}, {round_name}"
    won = f"{won} ({rule.name})"
    return f"{won}, {round_name}" if rule.over is Over.EACH else won
