"""What the pages show of acts that take two people."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from quiz.accounts.permissions import Permission
from quiz.approvals import queries
from quiz.approvals.errors import ApprovalStale
from quiz.approvals.labels import STATES, TONES, WANTED
from quiz.approvals.models import Approval
from quiz.approvals.states import Kind, State
from quiz.awards.deciding import award_basis
from quiz.awards.requests import Act, asked_about, figures_now
from quiz.bank.queries import revisions
from quiz.contests.definition import ResultDecision
from quiz.contests.models import Contest, Round
from quiz.contests.queries import get_round, list_rounds, list_units
from quiz.core.errors import DomainError
from quiz.entries.queries import list_entries
from quiz.organiser.pages import SecondPerson, Todo
from quiz.organiser.publication import publication_figures
from quiz.standings.fingerprints import results_basis
from quiz.standings.key_requests import correction_of, effect_now
from quiz.web.filters import full_time, number
from quiz.web.labels import domain_message


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure as it was when somebody asked, and as it is now; None where it is not known any more."""

    label: str
    then: str
    now: str | None

    @property
    def differs(self) -> bool:
        """Whether it has changed since."""
        return self.now is not None and self.now != self.then


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """A request in a list."""

    id: int
    title: str
    state: str
    tone: str
    symbol: str
    asked_by: str
    asked_at: datetime
    ended_by: str | None
    ended_at: datetime | None
    end_reason: str | None


@dataclass(frozen=True, slots=True)
class KeyProposal:
    """The question whose key is to be corrected; `accepted` lists the ways to answer that would be right."""

    text: str
    choices: tuple[str, ...]
    before: tuple[str, ...]
    accepted: tuple[str, ...]
    is_void: bool
    notice: str
    reason: str


@dataclass(frozen=True, slots=True)
class AwardProposal:
    """Who is to get no prize (`prize`), or that a decision is to be taken back."""

    what: str
    name: str
    prize: str
    reason: str


@dataclass(frozen=True, slots=True)
class ApprovalPage:
    """One request with what it would do. `trouble`: why it cannot be approved as it stands."""

    line: ApprovalLine
    kind: str
    round_name: str
    round_url: str
    is_own: bool
    decision: ResultDecision | None
    key: KeyProposal | None
    award: AwardProposal | None
    figures: tuple[FigureLine, ...]
    trouble: str
    second: SecondPerson


def second_person(
    contest: Contest, takes_two: bool, *, waiting: Approval | None = None, but: int | None = None
) -> SecondPerson:
    """Who else may approve, and where the two ways out are."""
    can_invite = current_user.can(Permission.EDIT_STAFF)
    can_waive = current_user.can(Permission.WAIVE_SECOND_PERSON)
    return SecondPerson(
        takes_two=takes_two,
        approvers=queries.list_approvers(but=current_user.id if but is None else but),
        people_url=url_for("accounts.people") if can_invite else "",
        rule_url=url_for("organiser.two_persons", slug=contest.slug) if can_waive else "",
        waiting_url=approval_url(contest, waiting) if waiting else "",
        waiting_by=waiting.asked_name if waiting else "",
    )


def approval_url(contest: Contest, found: Approval) -> str:
    """The page of a request."""
    return url_for("organiser.approval", slug=contest.slug, approval_id=found.id)


def approval_todos(contest: Contest) -> Iterator[Todo]:
    """Requests that wait: for this person, or for somebody else."""
    names = {round_.number: round_.settings.name for round_ in list_rounds(contest)}
    for found in queries.list_waiting(contest.id):
        wanted = str(WANTED[Kind(found.kind)]) % {"round": names.get(found.round_number, "")}
        detail = _("%(who)s đề nghị %(moment)s", who=found.asked_name, moment=full_time(found.asked_at))
        is_mine = found.asked_by != current_user.id and current_user.can(Permission.PUBLISH)
        if is_mine:
            icon, title = "check-circle", _("Cần bạn duyệt: %(what)s", what=wanted)
        else:
            icon, title = "clock", _("Chờ duyệt: %(what)s", what=wanted)
        yield Todo(icon, title, detail, approval_url(contest, found), _("Xem"))


def approval_lines(contest: Contest) -> tuple[ApprovalLine, ...]:
    """Every request of the contest, the newest first."""
    names = {round_.number: round_.settings.name for round_ in list_rounds(contest)}
    return tuple(
        _line(found, names.get(found.round_number, "")) for found in queries.list_approvals(contest.id)
    )


def approval_page(contest: Contest, found: Approval) -> ApprovalPage:
    """The request with the figures of then and now."""
    round_ = get_round(contest, found.round_number)
    kind = Kind(found.kind)
    figures, trouble = _compared(contest, round_, found)
    return ApprovalPage(
        line=_line(found, round_.settings.name),
        kind=found.kind,
        round_name=round_.settings.name,
        round_url=url_for("organiser.contest", slug=contest.slug, round=round_.number),
        is_own=found.asked_by == current_user.id,
        decision=ResultDecision.from_dict(found.proposal) if kind is Kind.PUBLISH else None,
        key=_key_proposal(found) if kind is Kind.KEY else None,
        award=_award_proposal(contest, found) if kind is Kind.AWARD else None,
        figures=figures,
        trouble=trouble,
        second=second_person(contest, contest.settings.two_persons, but=found.asked_by),
    )


def _line(found: Approval, round_name: str) -> ApprovalLine:
    state = State(found.state)
    tone, symbol = TONES[state]
    return ApprovalLine(
        id=found.id,
        title=str(WANTED[Kind(found.kind)]) % {"round": round_name},
        state=str(STATES[state]),
        tone=tone,
        symbol=symbol,
        asked_by=found.asked_name,
        asked_at=found.asked_at,
        ended_by=found.ended_name,
        ended_at=found.ended_at,
        end_reason=found.end_reason,
    )


def _compared(contest: Contest, round_: Round, found: Approval) -> tuple[tuple[FigureLine, ...], str]:
    """The figures of then and now; what keeps a waiting request from being approved."""
    labels = _figure_labels(found)
    if found.state != State.WAITING.value:
        return _figure_lines(labels, found.figures, None), ""
    try:
        if found.kind == Kind.KEY.value:
            return _figure_lines(labels, found.figures, effect_now(contest, found).figures()), ""
        if found.kind == Kind.AWARD.value:
            now: Mapping[str, object] = figures_now(asked_about(contest, found))
            is_stale = award_basis(asked_about(contest, found)) != found.basis
        else:
            now = publication_figures(round_)
            is_stale = results_basis(contest, round_) != found.basis
        trouble = domain_message(ApprovalStale("approval_stale")) if is_stale else ""
        return _figure_lines(labels, found.figures, now), trouble
    except DomainError as error:
        return _figure_lines(labels, found.figures, None), domain_message(error)


def _figure_labels(found: Approval) -> dict[str, str]:
    if found.kind == Kind.KEY.value:
        return {
            "affected": _("Bài có câu này"),
            "gain": _("Bài được thêm một câu đúng"),
            "lose": _("Bài bớt một câu đúng"),
            "entrants": _("Người có bài thay đổi"),
        }
    if found.kind == Kind.AWARD.value:
        return {"prizes": _("Số giải đã có người nhận")}
    return {
        "participants": _("Số người được xếp hạng"),
        "attempts": _("Số lượt thi"),
        "all_correct": _("Người đúng tất cả"),
        "actual": _("Con số dự đoán đã chốt"),
    }


def _figure_lines(
    labels: dict[str, str], then: Mapping[str, object], now: Mapping[str, object] | None
) -> tuple[FigureLine, ...]:
    return tuple(
        FigureLine(label, _shown(then[name]), None if now is None else _shown(now[name]))
        for name, label in labels.items()
        if then.get(name) is not None
    )


def _shown(value: object) -> str:
    return number(value) if isinstance(value, int) else str(value).replace(".", ",")


def _key_proposal(found: Approval) -> KeyProposal:
    revision_id, correction = correction_of(found)
    view = revisions([revision_id])[revision_id]
    return KeyProposal(
        text=view.text,
        choices=tuple(view.choices),
        before=_letters([view.correct]),
        accepted=_letters(sorted(correction.accepted, key=sorted)),
        is_void=correction.is_void,
        notice=found.proposal["notice"],
        reason=found.reason,
    )


def _award_proposal(contest: Contest, found: Approval) -> AwardProposal:
    if found.proposal["act"] == Act.TIE.value:
        return _tie_proposal(contest, found)
    is_back = found.proposal["act"] == Act.BACK.value
    entry_id, unit_id = (int(found.proposal.get(name, 0)) for name in ("entry", "unit"))
    people = list_entries(contest.id, [entry_id]) if entry_id else ()
    names = [entry.name for entry in people if not entry.is_erased]
    names += [unit.name for unit in list_units(contest.id) if unit.id == unit_id]
    return AwardProposal(
        what=_("Bỏ một quyết định về giải") if is_back else _("Không trao giải"),
        name="".join(names),
        prize=found.proposal["prize"],
        reason=found.reason,
    )


def _tie_proposal(contest: Contest, found: Approval) -> AwardProposal:
    """Everybody of the group, in the order that is asked for."""
    order = [int(one) for one in found.proposal["order"].split()]
    if found.proposal["rule"]:
        names = {unit.id: unit.name for unit in list_units(contest.id)}
    else:
        names = {one.id: one.name for one in list_entries(contest.id, order) if not one.is_erased}
    what = _("Cả nhóm bằng hạng nhận giải cao hơn") if found.proposal["alike"] else _("Thứ tự nhóm bằng hạng")
    listed = ", ".join(names.get(one, "–") for one in order)
    return AwardProposal(what=what, name=listed, prize="", reason=found.reason)


def _letters(ways: Iterable[Iterable[int]]) -> tuple[str, ...]:
    """Each way to answer as letters: "A", "B + C"."""
    return tuple(" + ".join("ABCDEFGH"[place] for place in sorted(way)) for way in ways)
