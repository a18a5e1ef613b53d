"""What a file is compared with: the bank's questions, and what is remembered of the last view. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from question_bank.duplicates import find_duplicates
from question_bank.fingerprints import fingerprint, wording_key
from question_bank.memory import Memory
from question_bank.pictures import prepare
from question_bank.source import Progress, silent
from question_bank.values import Likeness, Problem, Question
from quiz.bank.judging import BANK_PREFIX
from quiz.bank.states import QuestionState


@dataclass(frozen=True, slots=True)
class StoredQuestion:
    """A question of the bank as imports compare with it; `kin` is the family of its near-duplicates.

    `drawn` is the approved wording where that is still drawn and `question`, the newest, waits for review.
    """

    id: int
    number: int
    state: QuestionState
    fingerprint: str
    wording_key: str
    kin: int | None
    question: Question
    drawn: Question | None = None

    @property
    def is_retired(self) -> bool:
        """Whether it is no longer drawn."""
        return self.state is QuestionState.RETIRED


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question to be saved, and the problems of its pictures."""

    question: Question
    fingerprint: str
    wording_key: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Stock:
    """The questions of a bank by everything that a file's questions are looked up by.

    `wordings` are those of questions in use, under the names that pairs have.
    """

    stored: Sequence[StoredQuestion]
    by_fingerprint: Mapping[str, StoredQuestion]
    by_wording: Mapping[str, StoredQuestion]
    by_name: Mapping[str, StoredQuestion]
    wordings: tuple[Question, ...]


class ImportMemory:
    """What is known of one file and of one state of a bank between two views of a preview.

    Plans are the same without it: it saves reading the bank and comparing what has not changed.
    """

    def __init__(self) -> None:
        self.file = Memory()
        self.bank = Memory()
        self._mended: dict[str, Question] = {}
        self._stock: tuple[int, Stock] | None = None

    def stock(self, version: int, stored: Callable[[], Sequence[StoredQuestion]]) -> Stock:
        """The bank at this version; `stored` is asked for its questions when it has another one now."""
        known = self._stock
        if known is None or known[0] != version:
            self._stock = known = (version, stock(stored()))
        return known[1]

    def known(self, mended: Mapping[str, Question]) -> dict[str, Question]:
        """Mended questions: those that say what they said before are the ones from before."""
        before = self._mended
        self._mended = {
            number: before[number] if before.get(number) == question else question
            for number, question in mended.items()
        }
        return dict(self._mended)


def bank_name(number: int) -> str:
    """What a question of the bank is called beside those of a file."""
    return f"{BANK_PREFIX}{number}"


def stock(stored: Sequence[StoredQuestion]) -> Stock:
    """A bank's questions, ready to be compared with. The newest wordings go before those still drawn."""
    waiting = [(one, one.drawn) for one in stored if one.drawn is not None and not one.is_retired]
    by_fingerprint = {fingerprint(drawn): one for one, drawn in waiting}
    by_wording = {wording_key(drawn): one for one, drawn in waiting}
    return Stock(
        stored=stored,
        by_fingerprint=by_fingerprint | {one.fingerprint: one for one in stored},
        by_wording=by_wording | {one.wording_key: one for one in stored if not one.is_retired},
        by_name={bank_name(one.number): one for one in stored},
        wordings=tuple(
            replace(wording, number=bank_name(one.number))
            for one in stored
            if not one.is_retired
            for wording in (one.drawn, one.question)
            if wording is not None
        ),
    )


def marked(questions: Sequence[Question], memory: Memory) -> list[NewQuestion]:
    """Questions of a file with their marks, their pictures as they would be kept."""
    return memory.of_questions("marked", questions, _marked)


def _marked(question: Question) -> NewQuestion:
    prepared, problems = prepare(question)
    return NewQuestion(prepared, fingerprint(prepared), wording_key(prepared), tuple(problems))


def near_duplicates(
    new: Sequence[Question], bank: Stock, progress: Progress = silent, memory: Memory | None = None
) -> tuple[Likeness, ...]:
    """What is much alike among new questions, and between them and those of the bank that are in use."""
    # Both wordings of a question may be alike: one pair is enough.
    pairs = find_duplicates(new, bank.wordings, progress, memory)
    return tuple({(pair.a, pair.b): pair for pair in pairs}.values())
