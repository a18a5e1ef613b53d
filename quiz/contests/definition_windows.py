"""`windows` and `admits` of a round: reading, writing, and what must agree. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from quiz.contests.definition_lines import Path
from quiz.contests.definition_problems import Finding
from quiz.contests.definition_reading import Table
from quiz.contests.definition_rounds import Admission, RoundDefinition
from quiz.contests.hours import MIDNIGHT, OpenHours, Weekday

_MOST_ROUNDS, _MOST_PEOPLE = 999, 1_000_000
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def read_windows(table: Table, zone: tzinfo) -> OpenHours | None:
    """{ days = ["mon", "tue"], from = "08:00", to = "22:00" }"""
    inner = table.table("windows")
    if not table.has("windows"):
        return None
    days = inner.choices("days", tuple(Weekday), tuple(Weekday))
    hours = OpenHours(
        days=tuple(day for day in Weekday if day in days),
        begins=_read_clock(inner, "from", "00:00"),
        ends=_read_clock(inner, "to", MIDNIGHT),
        zone=str(zone),
    )
    inner.done()
    return hours


def written_windows(hours: OpenHours) -> dict[str, Any]:
    """The same; the time zone is the contest's."""
    return {"days": hours.days, "from": hours.begins, "to": hours.ends}


def check_windows(hours: OpenHours | None, path: Path) -> Iterator[Finding]:
    """The days and times of day against one another."""
    if hours is None:
        return
    if not hours.days:
        yield (*path, "windows", "days"), "Không có ngày nào mở.", 'Ví dụ: days = ["mon", "tue"].'
    if hours.begins >= hours.ends:
        yield (
            (*path, "windows", "to"),
            f"Giờ mở {hours.begins} không trước giờ đóng {hours.ends} trong ngày.",
            "Sửa giờ, hoặc dùng hai vòng nếu mở qua nửa đêm.",
        )


def read_admits(table: Table) -> Admission | None:
    """{ list = 1, top = 100 } or { round = 1, min_correct = 15 } or { round = 1, all_correct = true }"""
    inner = table.table("admits")
    if not table.has("admits"):
        return None
    admission = Admission(
        of_round=inner.optional_integer("round", 1, _MOST_ROUNDS),
        of_list=inner.optional_integer("list", 1, _MOST_ROUNDS),
        top=inner.optional_integer("top", 1, _MOST_PEOPLE),
        min_correct=inner.optional_integer("min_correct", 1, _MOST_PEOPLE),
        all_correct=inner.flag("all_correct", default=False),
    )
    inner.done()
    return admission


def written_admits(admission: Admission) -> dict[str, Any]:
    """The same."""
    pairs: dict[str, Any] = {
        "round": admission.of_round,
        "list": admission.of_list,
        "top": admission.top,
        "min_correct": admission.min_correct,
        "all_correct": admission.all_correct or None,
    }
    return {key: value for key, value in pairs.items() if value is not None}


def check_admissions(
    rounds: Sequence[RoundDefinition], paths: Sequence[Path], lists: Mapping[int, Collection[int]]
) -> Iterator[Finding]:
    """Who may start against the rounds and lists that it speaks of; `lists`: rounds by the list's number."""
    known = {one.number: one for one in rounds}
    for definition, path in zip(rounds, paths, strict=True):
        admission, here = definition.admits, (*path, "admits")
        if admission is None:
            continue
        if (admission.of_round is None) == (admission.of_list is None):
            yield here, "Cần đúng một nơi lấy kết quả.", "Viết round = 1, hoặc list = 1."
        if admission.top is None and admission.min_correct is None and not admission.all_correct:
            yield here, "Chưa có điều kiện được vào.", "Thêm top, min_correct hoặc all_correct."
        source = known.get(admission.of_round or 0)
        if admission.of_round is not None and (
            source is None or source.practice or source.number == definition.number
        ):
            yield (
                (*here, "round"),
                f"Không lấy được kết quả vòng {admission.of_round}.",
                "Chọn vòng loại khác.",
            )
        if admission.of_list is not None and definition.number in lists.get(
            admission.of_list, (definition.number,)
        ):
            yield (
                (*here, "list"),
                f"Không lấy được kết quả bảng chung {admission.of_list}.",
                "Chọn bảng chung gồm các vòng khác.",
            )
        if definition.practice:
            yield here, "Vòng thi thử mở cho mọi người.", "Bỏ “admits”, hoặc bỏ “practice”."


def _read_clock(table: Table, key: str, default: str) -> str:
    text = table.text(key) or default
    if not _CLOCK.fullmatch(text) and not (key == "to" and text == MIDNIGHT):
        table.problem(key, f"“{key}” là “{text[:40]}”.", f'Viết giờ và phút, ví dụ: {key} = "08:00".')
        return default
    return text
