"""The page that edits a round: its matrix beside what the bank has, its ranking in order."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from quiz.bank import browsing
from quiz.bank.queries import find_bank
from quiz.contests.coverage import shortages_of
from quiz.contests.definition import PaperRule, PredictionRule
from quiz.contests.labels import CRITERIA, TARGET_QUESTIONS
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase
from quiz.organiser.checklist import available
from quiz.organiser.labels import CRITERION_NOTES, cell_words
from quiz.organiser.pages import CriterionLine, MatrixInput, MatrixRow, MatrixTable, RoundEditor
from quiz.organiser.round_draft import Lists, Matrix, matrix_cells
from quiz.organiser.round_forms import RoundForm
from quiz.rulebook.articles import Grid
from quiz.rulebook.preview import sample_ranking
from quiz.scoring.prediction import Target
from quiz.scoring.ranking import Criterion

_NOTHING = browsing.BankMatrix((), (), {})


def round_editor(
    contest: Contest,
    round_: Round,
    form: RoundForm,
    lists: Lists,
    now: datetime,
    problems: tuple[str, ...] = (),
) -> RoundEditor:
    """Everything on the page besides the form's own fields."""
    phase = round_.window.phase(now)
    return RoundEditor(
        slug=contest.slug,
        title=contest.settings.display_title,
        number=round_.number,
        name=round_.settings.name,
        phase=phase.value,
        is_fixed=phase not in (Phase.DRAFT, Phase.SCHEDULED),
        matrix=matrix_table(form.bank.data or "", lists.matrix),
        ranking=tuple(criterion_line(criterion) for criterion in lists.ranking),
        more_criteria=tuple(criterion_line(one) for one in Criterion if one not in lists.ranking),
        question=_question(form, lists.matrix),
        sample=_sample(round_, form, lists),
        too_small=_too_small(form, lists.matrix),
        problems=problems,
        back_url=url_for("organiser.contest", slug=contest.slug, round=round_.number),
    )


def matrix_table(bank_slug: str, matrix: Matrix) -> MatrixTable:
    """The topics and levels of the bank and of the matrix, with what is asked for and what is there."""
    bank = find_bank(bank_slug)
    have = browsing.matrix(bank.id) if bank else _NOTHING
    cells = matrix_cells(matrix)
    missing = {
        (short.cell.topic, short.cell.level): short.wanted - short.available
        for short in (shortages_of(PaperRule(bank_slug, matrix=cells)) if cells else ())
    }
    topics = _names(have.topics, (topic for topic, _level in matrix))
    levels = _names(have.levels, (level for _topic, level in matrix))
    counts = {(cell.topic or "", cell.level or ""): cell.count for cell in cells}
    rows = []
    for row, topic in enumerate(topics):
        inputs = tuple(
            MatrixInput(
                name=f"cell-{row}-{column}",
                value=matrix.get((topic, level), ""),
                label=cell_words(topic, level),
                available=available(have, topic or None, level or None),
                missing=missing.get((topic or None, level or None), 0),
            )
            for column, level in enumerate(levels)
        )
        rows.append(MatrixRow(topic, inputs, sum(counts.get((topic, level), 0) for level in levels)))
    totals = tuple(sum(counts.get((topic, level), 0) for topic in topics) for level in levels)
    return MatrixTable(tuple(levels), tuple(rows), totals, sum(totals))


def _too_small(form: RoundForm, matrix: Matrix) -> tuple[str, ...]:
    """Lines of the matrix for which a person's share of the bank does not make a second paper."""
    percent, bank = form.exposure_cap.data, find_bank(form.bank.data or "")
    if not percent or bank is None:
        return ()
    have = browsing.matrix(bank.id)
    return tuple(
        str(
            _(
                "%(cell)s: ngân hàng có %(have)s câu, được thấy %(most)s, mỗi đề lấy %(count)s.",
                cell=cell_words(cell.topic or "", cell.level or ""),
                have=total,
                most=total * percent // 100,
                count=cell.count,
            )
        )
        for cell in matrix_cells(matrix)
        if (total := available(have, cell.topic, cell.level)) * percent < 100 * cell.count
    )


def _sample(round_: Round, form: RoundForm, lists: Lists) -> Grid | None:
    """Made-up people ranked in the order that stands on the page, saved or not; None without an order."""
    if not lists.ranking or round_.settings.practice:
        return None
    prediction = round_.settings.prediction
    if prediction is None and form.target.data in set(Target):
        prediction = PredictionRule(Target(form.target.data))
    return sample_ranking(replace(round_.settings, ranking=lists.ranking, prediction=prediction), 1)


def _names(of_bank: Iterable[str | None], of_matrix: Iterable[str]) -> list[str]:
    """Each name once: the bank's, those that only the matrix has, and "" for any."""
    found = dict.fromkeys([name for name in of_bank if name])
    found |= dict.fromkeys(name for name in of_matrix if name)
    return [*found, ""]


def criterion_line(criterion: Criterion) -> CriterionLine:
    """A criterion in words, for lists that are put in order."""
    name = str(CRITERIA[criterion])
    return CriterionLine(criterion.value, name[:1].upper() + name[1:], str(CRITERION_NOTES[criterion]))


def _question(form: RoundForm, matrix: Matrix) -> str:
    """The prediction's question as the entrants will read it; empty without one."""
    if form.target.data not in set(Target):
        return ""
    questions = sum(cell.count for cell in matrix_cells(matrix)) or len((form.fixed.data or "").split())
    values = {"questions": questions, "round": form.name.data or _("vòng này")}
    return str(TARGET_QUESTIONS[Target(form.target.data)]) % values
