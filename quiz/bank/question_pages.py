"""What the pages of one question show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user

from question_bank.draw import Cell, PoolItem, draw
from question_bank.pictures import called_after_letter
from question_bank.values import Question
from quiz.accounts.permissions import Permission
from quiz.bank import browsing, queries, workflow
from quiz.bank.checks import Finding, Remark, findings
from quiz.bank.lookalikes import Neighbours, list_lookalikes, neighbours
from quiz.bank.models import Bank, BankQuestion, QuestionRevision
from quiz.bank.question_forms import Offers, QuestionForm, offer
from quiz.bank.states import Note, QuestionState
from quiz.bank.topic_queries import topic_tree
from quiz.bank.values import NoteLine, RevisionView, Usage
from quiz.bank.workflow import Step
from quiz.documents.queries import find_passage, search_passages
from quiz.documents.values import PassageView

_MOST_LOOKALIKES = 5
_MOST_PASSAGES = 8
# Fine, not fine.
_WORDS = {
    Remark.KEY: (_l("Có %(about)s đáp án đúng"), _l("Chưa chọn đúng số đáp án")),
    Remark.SOURCE: (_l("Có tài liệu nguồn"), _l("Chưa có tài liệu nguồn")),
    Remark.QUOTE: (_l("Đã trích nguyên văn"), _l("Chưa trích nguyên văn")),
    Remark.LABELS: (
        _l("Có chủ đề và mức độ"),
        _l("Chưa đủ chủ đề và mức độ để rút theo ma trận"),
    ),
    Remark.EXPLANATION: (_l("Có giải thích"), _l("Chưa có giải thích")),
    Remark.ALL_ABOVE: ("", _l("“%(about)s” không hợp với câu chỉ có một đáp án")),
    Remark.LONG_KEY: ("", _l("Đáp án %(about)s dài hơn hẳn các phương án khác, dễ đoán")),
    Remark.NEGATION: ("", _l("Từ phủ định “%(about)s” nên viết hoa để người thi không đọc sót")),
}
_RIGHTS = {
    Step.SUBMIT: Permission.EDIT_BANKS,
    Step.RETIRE: Permission.EDIT_BANKS,
    Step.RESTORE: Permission.EDIT_BANKS,
    Step.APPROVE: Permission.REVIEW_QUESTIONS,
    Step.RETURN: Permission.REVIEW_QUESTIONS,
    Step.COMMENT: Permission.SEE_BANKS,
}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A line of the card of checks; `url` leads to the question that it names."""

    text: str
    is_fine: bool
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Editor:
    """What stands around the form: passages, checks. `passage` is the one that is cited."""

    checks: list[CheckLine]
    passage: PassageView | None
    passages: list[PassageView]
    is_searched: bool


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A stored question: its rows, its people, what may be done with it."""

    bank: Bank
    question: BankQuestion
    revision: QuestionRevision
    value: Question
    view: RevisionView
    state: QuestionState
    notes: list[NoteLine]
    usage: Usage
    steps: tuple[Step, ...]
    neighbours: Neighbours
    kept: dict[str, Any]

    @property
    def number(self) -> int:
        """The question's number in its bank."""
        return self.question.number

    @property
    def author(self) -> str:
        """Who wrote the newest wording; empty for a command."""
        return self._person(Note.REVISED, Note.CREATED)

    @property
    def approver(self) -> str | None:
        """Who approved the newest wording; None where nobody has, empty for a command."""
        if self.question.approved_revision_id != self.revision.id:
            return None
        return self._person(Note.APPROVED)

    @property
    def is_drawn(self) -> bool:
        """Whether papers are drawn from some wording of it."""
        return self.question.approved_revision_id is not None and self.state is not QuestionState.RETIRED

    def _person(self, *kinds: Note) -> str:
        said = (one for one in self.notes if one.kind in kinds and one.revision == self.revision.number)
        return next((one.person for one in said), "")


@dataclass(frozen=True, slots=True)
class TrialImage:
    """A picture as entrants see it."""

    url: str
    alt: str
    width: int
    height: int

    @property
    def is_wide(self) -> bool:
        """Whether looking closer shows more."""
        return self.width > 480


@dataclass(frozen=True, slots=True)
class Trial:
    """A question as an entrant gets it: no key, only positions."""

    place: int
    text: str
    is_multiple: bool
    choices: tuple[str, ...]
    language: str
    images: tuple[TrialImage, ...]
    choice_images: tuple[tuple[TrialImage, ...], ...]


def question_page(
    bank: Bank,
    question: BankQuestion,
    revision: QuestionRevision,
    search: browsing.Search,
    kept: dict[str, Any],
) -> QuestionPage:
    """Everything about one question but its form; `kept` are the parts of the address that name `search`."""
    state = QuestionState(question.state)
    offered = workflow.offered(
        state,
        author_id=revision.created_by,
        actor_id=current_user.id,
        own_approval=bank.own_approval,
    )
    return QuestionPage(
        bank=bank,
        question=question,
        revision=revision,
        value=queries.as_question(question, revision),
        view=queries.view(revision),
        state=state,
        notes=queries.list_notes(question.id),
        usage=queries.usage_of([question.id]).get(question.id, Usage()),
        steps=tuple(step for step in offered if may(step)),
        neighbours=neighbours(bank.id, search, question.number),
        kept=kept,
    )


def may(step: Step) -> bool:
    """Whether the signed-in person has the right to a step at all."""
    return bool(current_user.can(_RIGHTS[step]))


def check_lines(bank: Bank, value: Question, own_number: int | None) -> list[CheckLine]:
    """What is well with a question and what is not, near-duplicates last."""
    lines = [CheckLine(_check_words(one), one.is_fine) for one in findings(value)]
    for one in list_lookalikes(bank.id, value, own_number=own_number)[:_MOST_LOOKALIKES]:
        words = _("Gần trùng câu %(n)s") if one.same_key else _("Gần trùng câu %(n)s, đáp án khác nhau")
        url = url_for("bank.question", slug=bank.slug, number=one.number)
        lines.append(CheckLine(words % {"n": one.number}, False, url))
    return lines


def editor(bank: Bank, form: QuestionForm, value: Question, own_number: int | None) -> Editor:
    """What stands around the form, and the selects of the form itself."""
    tree = topic_tree(bank.id)
    topics = [(one.topic.name, "– " * one.depth + one.topic.name) for one in tree.walk()]
    offer(form, Offers(topics, browsing.list_levels(bank.id)))
    words = form.passage_words.data or ""
    cited = form.passage.data or ""
    return Editor(
        checks=check_lines(bank, value, own_number),
        passage=find_passage(cited) if cited else None,
        passages=search_passages(words, limit=_MOST_PASSAGES) if words else [],
        is_searched=bool(words),
    )


def trial_of(view: RevisionView, choices: int, seed: int) -> tuple[Trial, Sequence[int]]:
    """The question as a paper with this seed would show it, and the order of its choices."""
    item = PoolItem(id=view.id, topic=None, level=None, choices=choices, pinned=view.pinned)
    [drawn] = draw([item], [Cell(None, None, 1)], seed=seed)
    found: dict[int | None, list[TrialImage]] = {}
    for one in view.pictures:
        url = url_for("pictures.picture", digest=one.digest, extension=one.extension)
        image = TrialImage(url, one.alt.strip() or _("Hình của câu hỏi"), one.width, one.height)
        found.setdefault(one.choice, []).append(image)
    shown = tuple(
        "" if place in found and called_after_letter(view.choices[place], place) else view.choices[place]
        for place in drawn.order
    )
    return Trial(
        place=1,
        text=view.text,
        is_multiple=view.kind == "multiple",
        choices=shown,
        language="vi",
        images=tuple(found.get(None, ())),
        choice_images=tuple(tuple(found.get(place, ())) for place in drawn.order),
    ), drawn.order


def _check_words(finding: Finding) -> str:
    if finding.remark is Remark.KEY and finding.is_fine:
        return str(ngettext("Có %(num)s đáp án đúng", "Có %(num)s đáp án đúng", int(finding.about)))
    words = _WORDS[finding.remark][0 if finding.is_fine else 1]
    return str(words) % {"about": finding.about}
