"""Who may start a round that only some qualify for. Nothing here writes."""

from quiz.attempts.models import ListResult, Result
from quiz.contests.definition import Admission
from quiz.contests.models import Round, StandingList
from quiz.contests.phases import RoundState
from quiz.core.database import db

_FINAL = (RoundState.FROZEN.value, RoundState.PUBLISHED.value)
QUALIFIER_OPEN, NOT_QUALIFIED = "qualifier_open", "not_qualified"


def why_not_admitted(round_: Round, entry_id: int) -> str | None:
    """The code of the refusal of somebody who does not qualify, None if they do or everybody may start.

    Only final results qualify: until they are there nobody starts.
    """
    admission = round_.settings.admits
    if admission is None:
        return None
    if not _is_final(round_.contest_id, admission):
        return QUALIFIER_OPEN
    result = _result(round_.contest_id, admission, entry_id)
    return None if result is not None and _qualifies(admission, result) else NOT_QUALIFIED


def _is_final(contest_id: int, admission: Admission) -> bool:
    if admission.of_list is not None:
        list_ = db.session.get(StandingList, (contest_id, admission.of_list))
        return list_ is not None and list_.ranked_at is not None
    source = db.session.get(Round, (contest_id, admission.of_round))
    return source is not None and source.state in _FINAL


def _result(contest_id: int, admission: Admission, entry_id: int) -> Result | ListResult | None:
    if admission.of_list is not None:
        return db.session.get(ListResult, (contest_id, admission.of_list, entry_id))
    return db.session.get(Result, (contest_id, admission.of_round, entry_id))


def _qualifies(admission: Admission, result: Result | ListResult) -> bool:
    if admission.top is not None and (result.rank is None or result.rank > admission.top):
        return False
    if admission.min_correct is not None and result.correct_count < admission.min_correct:
        return False
    return not admission.all_correct or result.correct_count == result.question_count
