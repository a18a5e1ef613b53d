"""A definition as TOML, in the form that organisers write by hand. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from quiz.contests.definition_rounds import (
    AwardRule,
    CategoryRule,
    PaperRule,
    PredictionRule,
    Prize,
    PublishRule,
    PublishTime,
    RoundDefinition,
)
from quiz.contests.definition_settings import COMPLAINTS_DAYS, GRACE_SECONDS, ContestSettings, Study
from quiz.contests.definition_times import local_time
from quiz.contests.definition_windows import written_admits, written_windows
from quiz.scoring.prediction import Stated
from quiz.scoring.prizes import Exclusive

Value = str | bool | int | Decimal | date | Sequence["Value"] | Mapping[str, "Value"]
_ESCAPED = re.compile(r'[\x00-\x08\x0b-\x1f\x7f"\\]')


def write_settings(slug: str, settings: ContestSettings) -> str:
    """[contest]"""
    decision = settings.decision
    pairs: dict[str, Value | None] = {
        "slug": slug,
        "title": settings.title,
        "short_title": settings.short_title,
        "organiser": settings.organiser,
        "decision": {"number": decision.number, "date": decision.date} if decision else None,
        "tree": settings.tree,
        "timezone": settings.timezone,
        "language": settings.language,
        "audience": settings.audience,
        "barred": settings.barred,
        "about": settings.about,
        "further_rules": settings.further_rules or None,
        "hotline": settings.hotline,
        "hotline_hours": settings.hotline_hours,
        "documents": settings.documents or None,
        "complaints_days": settings.complaints_days if settings.complaints_days != COMPLAINTS_DAYS else None,
        "two_persons": None if settings.two_persons else False,
        "grace_seconds": settings.grace_seconds if settings.grace_seconds != GRACE_SECONDS else None,
        "study": settings.study if settings.documents or settings.study is not Study.ALWAYS else None,
    }
    return section("[contest]", pairs)


def write_round(definition: RoundDefinition, zone: ZoneInfo) -> str:
    """One of [[rounds]]; times local in the zone."""
    attempts, prediction, publish = definition.attempts, definition.prediction, definition.publish
    pairs: dict[str, Value | None] = {
        "number": definition.number,
        "name": definition.name,
        "opens_at": local_time(definition.opens_at, zone),
        "closes_at": local_time(definition.closes_at, zone),
        "minutes": definition.minutes or 0,
        "finish": definition.finish,
        "attempts": {
            "limit": "unlimited" if attempts.limit is None else attempts.limit,
            "per": attempts.per,
            "counts": attempts.counts,
        },
        "must_answer_all": definition.must_answer_all,
        "practice": definition.practice or None,
        "start_spread_seconds": definition.start_spread_seconds or None,
        "windows": written_windows(definition.windows) if definition.windows else None,
        "admits": written_admits(definition.admits) if definition.admits else None,
        "paper": _paper(definition.paper),
        "prediction": written_prediction(prediction) if prediction else None,
        "ranking": definition.ranking,
        "publish": {"score": publish.score, "key": publish.key},
        "board": _board(publish),
        "prizes": written_prizes(definition.prizes),
        "awarding": _awarding(definition.awarding),
        "categories": [_category(rule) for rule in definition.categories] or None,
    }
    return section("[[rounds]]", pairs)


def written_prediction(rule: PredictionRule) -> dict[str, Value]:
    """{ target = "participants", decimals = 0 }"""
    pairs: dict[str, Value] = {"target": rule.target, "decimals": rule.decimals}
    return pairs if rule.counts is Stated.COUNTED else {**pairs, "counts": rule.counts}


def _board(publish: PublishRule) -> dict[str, Value] | None:
    pairs: dict[str, Value] = {}
    if publish.board is not PublishTime.AT_ONCE:
        pairs["show"] = publish.board
    if publish.freeze_minutes:
        pairs["freeze_minutes"] = publish.freeze_minutes
    return pairs or None


def _paper(paper: PaperRule) -> dict[str, Value]:
    pairs: dict[str, Value] = {"bank": paper.bank, "shuffle": paper.shuffle}
    if paper.fixed:
        pairs["fixed"] = [int(word) if re.fullmatch(r"0|[1-9][0-9]*", word) else word for word in paper.fixed]
    if paper.matrix:
        pairs["matrix"] = [
            {
                key: value
                for key, value in (("topic", cell.topic), ("level", cell.level), ("count", cell.count))
                if value is not None
            }
            for cell in paper.matrix
        ]
    if paper.exposure_cap is not None:
        pairs["exposure_cap"] = paper.exposure_cap
    return pairs


def _category(rule: CategoryRule) -> dict[str, Value]:
    pairs: dict[str, Value | None] = {
        "code": rule.code,
        "bank": rule.bank,
        "prizes": written_prizes(rule.prizes),
        "most": rule.most,
    }
    return {key: value for key, value in pairs.items() if value is not None}


def written_prizes(prizes: Sequence[Prize]) -> list[Value] | None:
    """Prizes as they stand in a definition; nothing for none."""
    written: list[Value] = []
    for prize in prizes:
        pairs: dict[str, Value] = {"name": prize.name, "count": prize.count}
        written.append(pairs | {"amount": prize.amount} if prize.amount else pairs)
    return written or None


def _awarding(rule: AwardRule) -> dict[str, Value] | None:
    """What differs from the usual; None if nothing does."""
    pairs: dict[str, Value] = {}
    if rule.exclusive is not Exclusive.NO:
        pairs["exclusive"] = rule.exclusive
    if rule.all_correct:
        pairs["all_correct"] = True
    if rule.cap_percent is not None:
        pairs["cap_percent"] = rule.cap_percent
    return pairs or None


def section(header: str, pairs: Mapping[str, Value | None]) -> str:
    """A table with its header; what is not given is not written."""
    lines = [
        f"{key} = {_written(value)}" for key, value in pairs.items() if value is not None and value != ""
    ]
    return "\n".join([header, *lines]) + "\n"


def _written(value: Value) -> str:
    """A value at the top of a table: long texts over several lines, lists of tables a table a line."""
    if isinstance(value, str) and not isinstance(value, StrEnum) and "\n" in value:
        return '"""\n' + _ESCAPED.sub(_escape, value) + '"""'
    return _inline(value)


def _inline(value: Value) -> str:
    if isinstance(value, str):
        return '"' + _ESCAPED.sub(_escape, str(value)).replace("\n", "\\n") + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text if "." in text else text + ".0"
    if isinstance(value, (int, date)):
        return value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_inline(item)}" for key, item in value.items()) + " }"
    if value and all(isinstance(item, Mapping) for item in value):
        return "[\n" + ",\n".join(f"  {_inline(item)}" for item in value) + ",\n]"
    return "[" + ", ".join(_inline(item) for item in value) + "]"


def _escape(match: re.Match[str]) -> str:
    """A character that may not stand in a text as it is."""
    char = match[0]
    return "\\" + char if char in '"\\' else f"\\u{ord(char):04x}"
