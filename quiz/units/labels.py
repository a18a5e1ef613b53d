"""Words for what units refuse, and for places in a file of units."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from quiz.units.rows import UnitProblem
from quiz.web.labels import add_messages

add_messages(
    {
        "tree_slug": _l("Mã cây “%(slug)s” chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ son-la."),
        "tree_busy": _l("Có người khác đang nhập cây này. Đợi một lát rồi làm lại."),
    }
)


def place_of(problem: UnitProblem) -> str:
    """Where a problem stands: dòng 4, cột headcount."""
    if problem.column is None:
        return str(_("dòng %(line)s", line=problem.line))
    return str(_("dòng %(line)s, cột “%(column)s”", line=problem.line, column=problem.column))
