"""Which passages of a document have how many questions. Nothing here writes."""

from collections import defaultdict
from dataclasses import dataclass, replace

from sqlalchemy import or_, select

from question_bank.folding import fold
from quiz.bank.models import Bank, BankQuestion, QuestionRevision
from quiz.bank.states import QuestionState
from quiz.core.database import db
from quiz.documents.models import Document
from quiz.documents.queries import find_passages, list_passages
from quiz.documents.values import PassageView


@dataclass(frozen=True, slots=True)
class CitingQuestion:
    """A question that cites a passage. `quotes_it`: the words that it quotes, if any, stand there."""

    bank_slug: str
    number: int
    text: str
    state: QuestionState
    is_drawn: bool
    quotes_it: bool


@dataclass(frozen=True, slots=True)
class CoveredPassage:
    """A passage and the questions that cite it, by bank and number."""

    passage: PassageView
    questions: tuple[CitingQuestion, ...]

    @property
    def drawn(self) -> int:
        """How many of them are on papers: approved, and not retired."""
        return sum(1 for one in self.questions if one.is_drawn)

    @property
    def waiting(self) -> int:
        """How many are being written or reviewed."""
        states = (QuestionState.DRAFT, QuestionState.IN_REVIEW)
        return sum(1 for one in self.questions if one.state in states and not one.is_drawn)

    @property
    def retired(self) -> int:
        """How many are no longer used."""
        return sum(1 for one in self.questions if one.state is QuestionState.RETIRED)


@dataclass(frozen=True, slots=True)
class DocumentCoverage:
    """A document's passages in their order, and those that only questions still know."""

    passages: tuple[CoveredPassage, ...]
    former: tuple[CoveredPassage, ...]
    lost: tuple[tuple[str, CitingQuestion], ...]

    @property
    def covered(self) -> int:
        """How many passages have a question on papers."""
        return sum(1 for one in self.passages if one.drawn)

    @property
    def questions(self) -> int:
        """How many questions on papers cite the document."""
        return sum(one.drawn for one in (*self.passages, *self.former))


# By address of a passage: the questions that cite it, by id, each with the words that it quotes.
_Citing = dict[str, dict[int, tuple[CitingQuestion, str]]]


def coverage_of(document: Document) -> DocumentCoverage:
    """How the banks' questions cover a document, by the wording on papers and by the newest one."""
    found = _citing(document.slug)
    listed = list_passages(document)
    current = {view.address for view in listed}
    others = find_passages([address for address in found if address not in current])
    return DocumentCoverage(
        passages=tuple(_covered(view, found) for view in listed),
        former=tuple(_covered(view, found) for view in sorted(others.values(), key=lambda view: view.mark)),
        lost=tuple(
            (address, question)
            for address in sorted(found)
            if address not in current and address not in others
            for question, _ in found[address].values()
        ),
    )


def _citing(slug: str) -> _Citing:
    """The questions that cite the document; of two wordings that cite one passage the drawn one counts."""
    rows = db.session.execute(
        select(BankQuestion, QuestionRevision, Bank.slug)
        .join(QuestionRevision, QuestionRevision.question_id == BankQuestion.id)
        .join(Bank, Bank.id == BankQuestion.bank_id)
        .where(
            QuestionRevision.passage.startswith(f"{slug}/", autoescape=True),
            or_(
                QuestionRevision.id == BankQuestion.current_revision_id,
                QuestionRevision.id == BankQuestion.approved_revision_id,
            ),
        )
        .order_by(Bank.slug, BankQuestion.number)
    )
    found: _Citing = defaultdict(dict)
    for question, revision, bank_slug in rows:
        address = revision.passage or ""
        state = QuestionState(question.state)
        is_drawn = revision.id == question.approved_revision_id and state is not QuestionState.RETIRED
        citing = CitingQuestion(bank_slug, question.number, revision.text, state, is_drawn, quotes_it=True)
        known = found[address].get(question.id)
        if known is None or is_drawn:
            found[address][question.id] = (citing, (revision.citation or {}).get("quote", ""))
    return found


def _covered(view: PassageView, found: _Citing) -> CoveredPassage:
    text = fold(" ".join((*view.headings, view.text)))
    citing = found.get(view.address, {}).values()
    return CoveredPassage(view, tuple(replace(one, quotes_it=fold(quote) in text) for one, quote in citing))
