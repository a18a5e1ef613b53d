"""A step of a round's life before it is taken: what will happen, in numbers."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from quiz.approvals.queries import find_waiting
from quiz.approvals.states import Kind
from quiz.attempts.queries import count_open, count_running
from quiz.complaints.queries import count_waiting
from quiz.contests import queries as contests
from quiz.contests.definition import Finish, PublishTime
from quiz.contests.labels import TARGET_UNITS, TARGETS
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase, RoundAction
from quiz.contests.two_persons import publishing_takes_two
from quiz.core.errors import DomainError
from quiz.organiser.checklist import checks_of
from quiz.organiser.dashboard import step_link
from quiz.organiser.labels import STEPS
from quiz.organiser.pages import StepPage
from quiz.organiser.second_pages import second_person
from quiz.standings import counting_again
from quiz.standings.prizes import find_award_list
from quiz.standings.queries import figures
from quiz.units.queries import list_trees
from quiz.vetting.duplicate_queries import count_appeals
from quiz.vetting.duplicate_queries import count_open as count_open_pairs
from quiz.vetting.settling import list_unsettled
from quiz.web.filters import full_time, number

_LEADS = {
    RoundAction.OPEN: lambda: _("Người dự thi thấy vòng này và vào thi được trong giờ mở."),
    RoundAction.PAUSE: lambda: _("Dùng khi có sự cố. Không ai bắt đầu lượt mới được cho đến khi tiếp tục."),
    RoundAction.RESUME: lambda: _("Vòng thi nhận người dự thi trở lại."),
    RoundAction.CLOSE: lambda: _("Không ai bắt đầu lượt mới được nữa. Vòng đã đóng không mở lại được."),
    RoundAction.FREEZE: lambda: _(
        "Chấm nốt bài hết giờ, chốt con số dự đoán và xếp hạng. Chưa ai thấy kết quả."
    ),
    RoundAction.PUBLISH: lambda: _("Kết quả chính thức hiện công khai. Việc này không rút lại được."),
}


def step_page(
    contest: Contest, round_: Round, action: RoundAction, now: datetime, refusal: tuple[str, ...] = ()
) -> StepPage:
    """The page that asks for confirmation."""
    phase = round_.window.phase(now)
    is_opening, is_publish = action is RoundAction.OPEN, action is RoundAction.PUBLISH
    waiting = find_waiting(contest.id, round_.number, Kind.PUBLISH) if is_publish else None
    takes_two = publishing_takes_two(contest, round_)
    return StepPage(
        slug=contest.slug,
        title=contest.settings.display_title,
        round_number=round_.number,
        round_name=round_.settings.name,
        action=action.value,
        label=step_link(contest, round_, action).label if is_opening else str(STEPS[action]),
        lead=_LEADS[action](),
        effects=effects_of(contest, round_, action, now),
        checks=tuple(checks_of(contest, round_, now)) if is_opening else (),
        offers_at_once=is_opening and phase is Phase.DRAFT and now < round_.opens_at,
        opens_at=round_.opens_at,
        is_publish=is_publish,
        back_url=url_for("organiser.contest", slug=contest.slug, round=round_.number),
        refusal=refusal,
        second=second_person(contest, takes_two, waiting=waiting) if is_publish else None,
    )


def effects_of(contest: Contest, round_: Round, action: RoundAction, now: datetime) -> tuple[str, ...]:
    """What the step will do, in sentences."""
    return tuple(_EFFECTS[action](contest, round_, now))


def _opening(contest: Contest, round_: Round, now: datetime) -> Iterator[str]:
    definition = round_.settings
    if round_.window.phase(now) is Phase.SCHEDULED:
        yield _("Mở ngay bây giờ thay vì %(moment)s.", moment=full_time(round_.opens_at))
    else:
        yield _("Mở lúc %(moment)s.", moment=full_time(round_.opens_at))
    yield _("Đóng lúc %(moment)s.", moment=full_time(round_.closes_at))
    count = number(definition.paper.question_count)
    if definition.minutes:
        yield _("Mỗi đề %(count)s câu, làm trong %(minutes)s phút.", count=count, minutes=definition.minutes)
    else:
        yield _("Mỗi đề %(count)s câu, làm đến khi vòng đóng.", count=count)
    if contest.snapshot_at is None and contest.tree_id is not None:
        units = next((row.units for row in list_trees() if row.tree.id == contest.tree_id), 0)
        yield _(
            "Chốt danh sách %(n)s đơn vị của cuộc thi; sau đó không đổi cây đơn vị được.", n=number(units)
        )
    if contest.snapshot_at is None:
        yield _("Cách chống trùng không đổi được sau khi mở.")


def _pausing(contest: Contest, round_: Round, now: datetime) -> Iterator[str]:
    running = count_running(contest.id, now, round_.number)
    yield _("%(n)s người đang làm bài. Đồng hồ của họ đứng yên; bài đã lưu giữ nguyên.", n=number(running))


def _resuming(contest: Contest, round_: Round, now: datetime) -> Iterator[str]:
    minutes = int((now - round_.state_since).total_seconds() // 60)
    waiting = count_open(contest.id, round_.number)
    yield _("Đã tạm dừng %(n)s phút.", n=number(minutes))
    yield _("%(n)s bài đang làm được lùi giờ nộp thêm đúng thời gian tạm dừng.", n=number(waiting))
    yield _("Đóng lúc %(moment)s.", moment=full_time(round_.closes_at))


def _closing(contest: Contest, round_: Round, now: datetime) -> Iterator[str]:
    running = count_running(contest.id, now, round_.number)
    if now < round_.closes_at:
        yield _("Giờ đóng chuyển từ %(moment)s thành bây giờ.", moment=full_time(round_.closes_at))
    if round_.settings.finish is Finish.CUT:
        yield _("%(n)s người đang làm bài: bài dừng ngay, phần đã lưu được tính.", n=number(running))
    else:
        yield _("%(n)s người đang làm bài: được làm hết thời gian của mình.", n=number(running))


def _freezing(contest: Contest, round_: Round, now: datetime) -> Iterator[str]:
    found = figures(contest.id, round_.number)
    yield _(
        "Xếp hạng %(people)s người với %(attempts)s lượt đã nộp.",
        people=number(found.participants),
        attempts=number(found.attempts),
    )
    running = count_running(contest.id, now, round_.number)
    over = count_open(contest.id, round_.number) - running
    if over > 0:
        yield _("%(n)s bài đã hết giờ mà chưa nộp sẽ được chấm phần đã lưu.", n=number(over))
    if running:
        yield _("Còn %(n)s người đang làm bài: chờ họ xong mới chốt được.", n=number(running))
    if round_.settings.prediction is not None:
        yield _(
            "Chốt con số dự đoán: %(target)s.", target=str(TARGETS[round_.settings.prediction.target]).lower()
        )


def _publishing(contest: Contest, round_: Round, now: datetime) -> Iterator[str]:
    found = figures(contest.id, round_.number)
    yield _("Bảng xếp hạng chính thức có %(n)s người.", n=number(found.participants))
    prediction = round_.settings.prediction
    if prediction is not None and round_.actual_number is not None:
        actual = (
            f"{number(float(round_.actual_number), prediction.decimals)} {TARGET_UNITS[prediction.target]}"
        )
        yield _("Con số dự đoán đã chốt: %(actual)s.", actual=actual)
        yield from _moved_number(contest, round_)
    prizes = sum(prize.count for prize in round_.settings.prizes)
    if prizes:
        yield _("%(n)s giải cá nhân; tên đầy đủ chỉ hiện với người đã đồng ý.", n=number(prizes))
        yield from _open_prizes(round_)
    unsettled = list_unsettled(contest, round_)
    if unsettled:
        yield _(
            "%(n)s số dùng chung của người trong diện nhận giải chưa xét: xét xong mới công bố được.",
            n=number(len(unsettled)),
        )
    yield from _vetting_lines(contest)
    if complaints := count_waiting(contest.id, now, round_.number).count:
        yield _("%(n)s khiếu nại kết quả chưa trả lời; nên trả lời trước.", n=number(complaints))
    if round_.settings.publish.key is PublishTime.AFTER_PUBLICATION:
        yield _("Đáp án và nguồn của từng câu hiện cho người đã dự thi.")
    waiting = [other for other in contests.list_rounds(contest) if other.window.phase(now) is Phase.OPEN]
    if waiting and waiting[0].settings.paper.bank == round_.settings.paper.bank:
        yield _(
            "Lưu ý: %(round)s đang mở, cùng ngân hàng câu hỏi; đáp án hiện ra có thể giúp người thi vòng đó.",
            round=waiting[0].settings.name,
        )


_EFFECTS = {
    RoundAction.OPEN: _opening,
    RoundAction.PAUSE: _pausing,
    RoundAction.RESUME: _resuming,
    RoundAction.CLOSE: _closing,
    RoundAction.FREEZE: _freezing,
    RoundAction.PUBLISH: _publishing,
}


def _open_prizes(round_: Round) -> Iterator[str]:
    """What is open about who gets a prize."""
    listed = find_award_list(round_.contest_id, round_.number)
    if listed is None:
        yield _("Chưa xét giải: mở Xét giải để lập danh sách người được giải trước khi công bố.")
    elif listed.ties:
        yield _("%(n)s nhóm ngang nhau ở hạng có giải, chưa quyết định.", n=number(len(listed.ties)))


def _moved_number(contest: Contest, round_: Round) -> Iterator[str]:
    """The frozen number is not what would be counted now: whoever was annulled since still stands in it."""
    try:
        counted = counting_again.preview(contest, round_.number)
    except DomainError:  # not between freezing and publication
        return
    if counted.now != counted.frozen:
        yield _(
            "Tính lại bây giờ thì con số là %(now)s. Muốn dùng số mới thì tính lại trước khi công bố.",
            now=str(counted.now).replace(".", ","),
        )


def _vetting_lines(contest: Contest) -> Iterator[str]:
    """What is open about people before results become final."""
    appeals, pairs = count_appeals(contest.id), count_open_pairs(contest.id)
    if appeals:
        yield _("%(n)s khiếu nại chờ trả lời: trả lời xong mới công bố được.", n=number(appeals))
    if pairs:
        yield _(
            "%(n)s cặp nghi trùng chưa xem; công bố rồi thì không gộp, không loại được nữa.", n=number(pairs)
        )
