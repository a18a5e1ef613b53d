"""What a preview is made of: the file that is kept, its report, the plan, two wordings side by side."""

import json
from typing import TypeVar

from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from question_bank.folding import loose_key
from question_bank.reading import read
from question_bank.values import Question, Report
from quiz.bank import browsing, queries, service
from quiz.bank.comparing import ImportMemory
from quiz.bank.decisions import Decisions, loaded
from quiz.bank.differences import differences
from quiz.bank.judging import Alike
from quiz.bank.labels import STATES
from quiz.bank.models import Bank
from quiz.bank.pages import NearLine, Side
from quiz.bank.planning import ImportPlan
from quiz.bank.states import QuestionState
from quiz.core import clock
from quiz.core.caches import new_cache
from quiz.web import uploads
from quiz.web.reader_words import place_words

_Name = TypeVar("_Name")
_Value = TypeVar("_Value")
_MOST = 3
# Turning the pages of a preview should neither read the file again nor compare it again, and a decision
# should compare what it has changed. Another worker, or this one later, makes everything anew.
_files: dict[str, tuple[Report, ImportMemory]] = new_cache()
_plans: dict[tuple[str, int, str], ImportPlan] = new_cache()


def purpose(bank: Bank) -> str:
    """What a file is kept for."""
    return f"bank {bank.id}"


def get_kept(bank: Bank, token: str) -> uploads.Kept:
    """The file that this person sent to this bank. Raises UploadGone."""
    return uploads.get_kept(token, purpose=purpose(bank), staff_id=current_user.id, now=clock.now())


def report_of(kept: uploads.Kept) -> Report:
    """The file as it was read."""
    return _file(kept)[0]


def remember(token: str, report: Report, memory: ImportMemory) -> None:
    """Keep a report for the pages that follow, with what is known from reading it."""
    _keep(_files, token, (report, memory))


def _file(kept: uploads.Kept) -> tuple[Report, ImportMemory]:
    found = _files.get(kept.token)
    if found is None:
        memory = ImportMemory()
        found = read(kept.data, kept.name, memory=memory.file), memory
        _keep(_files, kept.token, found)
    return found


def _keep(cache: dict[_Name, _Value], name: _Name, value: _Value) -> None:
    """Keep the latest few; the oldest goes first."""
    while len(cache) >= _MOST:
        cache.pop(next(iter(cache), name), None)
    cache[name] = value


def decisions_of(kept: uploads.Kept) -> Decisions:
    """What was decided about the file so far."""
    return loaded(kept.notes)


def keep_decisions(kept: uploads.Kept, decisions: Decisions) -> None:
    """Keep what is decided beside the file."""
    uploads.note(kept, decisions.as_json())


def plan_of(bank: Bank, kept: uploads.Kept) -> ImportPlan:
    """What an import would do now, against the bank as it is now."""
    name = (kept.token, bank.version, json.dumps(kept.notes, sort_keys=True))
    plan = _plans.get(name)
    if plan is None:
        report, memory = _file(kept)
        plan = service.preview_import(report, bank.slug, decisions_of(kept), memory=memory)
        _keep(_plans, name, plan)
    return plan


def near_line(bank: Bank, plan: ImportPlan, alike: Alike) -> NearLine:
    """The two wordings of a pair with what differs."""
    by_number = {one.number: one for one in plan.report.questions}
    new = by_number[alike.number]
    number = alike.bank_number
    if number is None:
        other, note, title = by_number[alike.other], _file_note(by_number[alike.other]), _("Trong tệp")
    else:
        row, revision = browsing.get_question(bank.id, number)
        other, title = queries.as_question(row, revision), _("Trong ngân hàng")
        usage = queries.usage_of([row.id]).get(row.id)
        state = str(STATES[QuestionState(row.state)]).lower()
        note = f"{_('câu %(number)s', number=number)}, {state}"
        if usage is not None:
            rounds = len(usage.rounds)
            note += ", " + ngettext("dùng %(num)s vòng", "dùng %(num)s vòng", rounds)
    left, right = differences(new.text, other.text)
    same_stem = loose_key(new.text) == loose_key(other.text) and alike.likeness < 1
    return NearLine(
        alike,
        Side(_("Trong tệp"), _file_note(new), left, new),
        Side(title, note, right, other, number),
        same_stem,
    )


def _file_note(question: Question) -> str:
    return f"{place_words(question.place)}, {_('câu %(number)s', number=question.number)}"
