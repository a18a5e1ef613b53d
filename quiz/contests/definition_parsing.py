"""The pieces of a definition from the tables of its TOML form. Pure.

One function for each table of the form; the names of keys and what they default to stand here.
"""

from datetime import tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from quiz.contests.definition_reading import Table
from quiz.contests.definition_rounds import (
    RANKING,
    RANKING_WITH_PREDICTION,
    AttemptRule,
    AwardRule,
    CategoryRule,
    Finish,
    MatrixCell,
    PaperRule,
    Per,
    PredictionRule,
    Prize,
    PublishRule,
    PublishTime,
    RoundDefinition,
    Shuffle,
)
from quiz.contests.definition_settings import (
    COMPLAINTS_DAYS,
    GRACE_SECONDS,
    TIMEZONE,
    ContestSettings,
    Decision,
    Language,
    Study,
)
from quiz.contests.definition_times import read_day, read_moment
from quiz.contests.definition_windows import read_admits, read_windows
from quiz.scoring.prediction import MAX_DECIMALS, Stated, Target
from quiz.scoring.prizes import Exclusive
from quiz.scoring.ranking import Counts, Criterion

MAX_COUNT, MAX_MINUTES, MAX_ROUNDS = 1000, 600, 999
MAX_FREEZE = 24 * 60  # minutes
MAX_GRACE, MAX_SPREAD, MAX_COMPLAINTS_DAYS = 300, 3600, 60
_SCORE_TIMES = (PublishTime.AT_ONCE, PublishTime.AFTER_CLOSE, PublishTime.AFTER_PUBLICATION)
_KEY_TIMES = (PublishTime.AFTER_PUBLICATION, PublishTime.AFTER_CLOSE, PublishTime.NEVER)


def read_settings(table: Table) -> tuple[str, ContestSettings]:
    """[contest]: the slug and everything else."""
    slug = table.slug("slug", example="tim-hieu-dai-hoi")
    settings = ContestSettings(
        title=table.text("title", example="Tìm hiểu lịch sử các kỳ Đại hội"),
        short_title=table.text("short_title"),
        organiser=table.text("organiser"),
        decision=_read_decision(table),
        tree=table.slug("tree") or None,
        timezone=_read_timezone(table),
        language=table.choice("language", Language.VI, tuple(Language)),
        audience=table.text("audience"),
        barred=table.text("barred"),
        about=table.prose("about"),
        further_rules=table.prose("further_rules"),
        hotline=table.text("hotline"),
        hotline_hours=table.text("hotline_hours"),
        documents=table.slugs("documents", example="lich-su-cac-ky-dai-hoi"),
        study=table.choice("study", Study.ALWAYS, tuple(Study)),
        complaints_days=table.integer("complaints_days", 0, MAX_COMPLAINTS_DAYS, default=COMPLAINTS_DAYS),
        two_persons=table.flag("two_persons", default=True),
        grace_seconds=table.integer("grace_seconds", 0, MAX_GRACE, default=GRACE_SECONDS),
    )
    table.done()
    return slug, settings


def _read_decision(table: Table) -> Decision | None:
    inner = table.table("decision")
    if not table.has("decision"):
        return None
    decision = Decision(number=inner.text("number", example="12-KH/BTG"), date=read_day(inner, "date"))
    inner.done()
    return decision


def _read_timezone(table: Table) -> str:
    name = table.text("timezone") or TIMEZONE
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        table.problem("timezone", f"Không có múi giờ “{name}”.", f"Ở Việt Nam: {TIMEZONE}.")
        return TIMEZONE
    return name


def read_round(table: Table, zone: tzinfo) -> RoundDefinition:
    """One of [[rounds]]."""
    number = table.integer("number", 1, MAX_ROUNDS)
    prediction = _read_prediction(table)
    definition = RoundDefinition(
        number=number,
        name=table.text("name") or f"Vòng {number}",
        opens_at=read_moment(table, "opens_at", zone),
        closes_at=read_moment(table, "closes_at", zone),
        minutes=_read_minutes(table),
        paper=_read_paper(table.table("paper")),
        attempts=_read_attempts(table.table("attempts")),
        ranking=table.choices(
            "ranking", RANKING_WITH_PREDICTION if prediction else RANKING, tuple(Criterion)
        ),
        prediction=prediction,
        publish=_read_publish(table.table("publish"), table.table("board")),
        finish=table.choice("finish", Finish.CUT, tuple(Finish)),
        must_answer_all=table.flag("must_answer_all", default=False),
        practice=table.flag("practice", default=False),
        categories=_read_categories(table),
        start_spread_seconds=table.integer("start_spread_seconds", 0, MAX_SPREAD, default=0),
        prizes=read_prizes(table),
        awarding=_read_awarding(table.table("awarding")),
        windows=read_windows(table, zone),
        admits=read_admits(table),
    )
    table.done()
    return definition


def _read_minutes(table: Table) -> int | None:
    return table.integer("minutes", 0, MAX_MINUTES) or None


def _read_attempts(table: Table) -> AttemptRule:
    if table.data.get("limit") == "unlimited":
        table.text("limit")
        limit = 0
    else:
        limit = table.integer("limit", 0, MAX_COUNT, default=1)
    rule = AttemptRule(
        limit=limit or None,
        per=table.choice("per", Per.ROUND, tuple(Per)),
        counts=table.choice("counts", Counts.BEST_THEN_EARLIEST, tuple(Counts)),
    )
    table.done()
    return rule


def _read_paper(table: Table) -> PaperRule:
    rule = PaperRule(
        bank=table.slug("bank", example="lich-su-dai-hoi"),
        shuffle=table.choices("shuffle", tuple(Shuffle), tuple(Shuffle)),
        matrix=tuple(
            _read_cell(cell)
            for cell in table.tables(
                "matrix", example='matrix = [{ topic = "Đại hội I", level = "dễ", count = 4 }]'
            )
        ),
        fixed=table.words("fixed"),
        exposure_cap=_read_share(table, "exposure_cap"),
    )
    table.done()
    return rule


def _read_share(table: Table, key: str) -> Decimal | None:
    return table.number(key, Decimal(0), Decimal(1), example="0.40") if table.has(key) else None


def _read_cell(table: Table) -> MatrixCell:
    cell = MatrixCell(
        topic=table.text("topic") or None,
        level=table.text("level") or None,
        count=table.integer("count", 1, MAX_COUNT),
    )
    table.done()
    return cell


def _read_prediction(table: Table) -> PredictionRule | None:
    inner = table.table("prediction")
    if not table.has("prediction"):
        return None
    target = inner.choice("target", None, tuple(Target))
    usual = MAX_DECIMALS if target.is_percentage else 0
    rule = PredictionRule(
        target,
        inner.integer("decimals", 0, MAX_DECIMALS, default=usual),
        inner.choice("counts", Stated.COUNTED, tuple(Stated)),
    )
    inner.done()
    return rule


def _read_publish(table: Table, board: Table) -> PublishRule:
    rule = PublishRule(
        score=table.choice("score", PublishTime.AT_ONCE, _SCORE_TIMES),
        key=table.choice("key", PublishTime.AFTER_PUBLICATION, _KEY_TIMES),
        board=board.choice("show", PublishTime.AT_ONCE, tuple(PublishTime)),
        freeze_minutes=board.integer("freeze_minutes", 0, MAX_FREEZE, default=0),
    )
    table.done()
    board.done()
    return rule


def _read_categories(table: Table) -> tuple[CategoryRule, ...]:
    rules = []
    for inner in table.tables("categories", example='categories = [{ code = "hoc-sinh", bank = "thcs" }]'):
        rules.append(
            CategoryRule(
                inner.slug("code", example="hoc-sinh"),
                inner.slug("bank") or None,
                read_prizes(inner),
                inner.optional_integer("most", 1, MAX_COUNT),
            )
        )
        inner.done()
    return tuple(rules)


def read_prizes(table: Table) -> tuple[Prize, ...]:
    """Prizes and how many there are of each."""
    prizes = []
    for inner in table.tables("prizes", example='prizes = [{ name = "Nhất", count = 1 }]'):
        prizes.append(
            Prize(
                inner.text("name", example="Nhất"),
                inner.integer("count", 1, MAX_COUNT, default=1),
                inner.text("amount"),
            )
        )
        inner.done()
    return tuple(prizes)


def _read_awarding(table: Table) -> AwardRule:
    rule = AwardRule(
        exclusive=table.choice("exclusive", Exclusive.NO, tuple(Exclusive)),
        all_correct=table.flag("all_correct", default=False),
        cap_percent=table.optional_integer("cap_percent", 1, 100),
    )
    table.done()
    return rule
