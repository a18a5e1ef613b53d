"""Names of kinds of questions in a table."""

from __future__ import annotations

from question_bank.folding import fold
from question_bank.values import Kind

LABELS: dict[Kind, str] = {
    Kind.SINGLE: "Một đáp án",
    Kind.MULTIPLE: "Nhiều đáp án",
    Kind.TRUE_FALSE: "Đúng/Sai",
}
_NAMES: dict[Kind, str] = {
    Kind.SINGLE: (
        "mot dap an, mot lua chon, 1 dap an, mot dap an dung, trac nghiem, trac nghiem mot dap an, "
        "single, single choice, single answer, mcq, multiple choice, radio"
    ),
    Kind.MULTIPLE: (
        "nhieu dap an, nhieu lua chon, nhieu dap an dung, trac nghiem nhieu dap an, multiple, multiple "
        "answers, multiple answer, multiple response, multiple select, multi, checkbox"
    ),
    Kind.TRUE_FALSE: "dung sai, dung hay sai, trac nghiem dung sai, true false, truefalse, tf, t f, yes no",
}
_UNSUPPORTED: dict[str, str] = {
    "essay": "tu luan, bai luan, essay, long answer, paragraph",
    "matching": "ghep doi, ghep noi, noi, noi cot, noi cau, matching, match",
    "short answer": (
        "dien khuyet, dien tu, dien vao cho trong, tra loi ngan, cau tra loi ngan, fill in the blank, "
        "short answer, cloze"
    ),
    "ordering": "sap xep, sap xep thu tu, ordering, order, sequence",
    "numerical": "dien so, tra loi so, numerical, numeric",
}
_TABLE: dict[str, Kind | str] = {
    name.strip(): kind
    for table in (_NAMES, _UNSUPPORTED)
    for kind, names in table.items()
    for name in names.split(",")
}


def kind_of(name: str) -> Kind | str | None:
    """The kind; for one that is not supported its English name; None if the name says nothing."""
    return _TABLE.get(fold(name))
