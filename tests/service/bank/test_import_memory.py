"""What a preview remembers between two views: plans are the same as without it, whatever is decided."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from question_bank.offers import settle
from question_bank.reading import read
from question_bank.values import Draft, Question, Report
from quiz.bank import queries, service
from quiz.bank.comparing import ImportMemory
from quiz.bank.decisions import Decisions, Verdict, loaded
from quiz.bank.planning import ImportPlan
from tests.support.factories import NOW
from tests.support.staff import ACTOR

PLACES = "A. Hà Nội\nB. Ma Cao\nC. Sơn La\nD. Tuyên Quang\n"
_ASKED = (
    ("Đại hội I của Đảng họp ở đâu?", "B"),
    ("Đại hội II của Đảng họp ở đâu?", "D"),
    ("Đại hội III của Đảng họp ở đâu?", "A"),
    ("Đại hội III của Đảng được họp ở đâu?", "A"),
    ("Đại hội III của Đảng họp tại đâu?", "A"),
    ("Đại hội III của Đảng họp ở đâu?", "A"),
    ("Đại hội III của Đảng họp ở đâu?", "C"),
    ("Nhà tù nào giam nhiều chiến sĩ cách mạng?", "C"),
    ("Nhà tù nào đã giam nhiều chiến sĩ cách mạng?", "C"),
    ("Câu này chưa có đáp án?", ""),
    ("Thủ đô của nước ta là thành phố nào?", "A"),
)
_NUMBERS = [str(number) for number in range(1, len(_ASKED) + 1)]
_TEXTS = [text for text, _key in _ASKED]


def file(asked: tuple[tuple[str, str], ...], name: str = "cau-hoi.txt") -> Report:
    lines = [
        f"Câu {number}. {text}\n{PLACES}" + (f"Đáp án: {key}\n" if key else "")
        for number, (text, key) in enumerate(asked, start=1)
    ]
    return read("\n".join(lines).encode(), name)


REPORT = file(_ASKED)
acts = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["leave", "undo", "accept"]), st.sampled_from(_NUMBERS)),
        st.tuples(st.just("mend"), st.sampled_from(_NUMBERS), st.sampled_from(_TEXTS), st.integers(0, 3)),
        st.tuples(st.just("judge"), st.integers(0, 30), st.sampled_from(list(Verdict))),
    ),
    max_size=6,
)


@pytest.fixture
def slug() -> str:
    """A bank that has some questions of the file, their relatives and a contradiction."""
    stored = (
        ("Đại hội I của Đảng họp ở đâu?", "B"),
        ("Đại hội II của Đảng đã họp ở đâu?", "D"),
        ("Nhà tù nào giam nhiều chiến sĩ cách mạng?", "D"),
        ("Đại hội lần thứ ba của Đảng họp ở đâu?", "A"),
    )
    service.import_questions(file(stored, "co.txt"), "lich-su", "Lịch sử", actor=ACTOR, now=NOW)
    return "lich-su"


def mended(number: str, text: str, place: int) -> Question:
    given_ones: dict[str, Question | Draft] = {one.number: one for one in (*REPORT.questions, *REPORT.drafts)}
    one = given_ones[number]
    draft = Draft(one.number, one.place, one.text, "", one.choices)
    question = settle(draft, text=text, correct=(place,)).question
    assert question is not None
    return question


def decided(before: Decisions, act: tuple, plan: ImportPlan) -> Decisions:
    match act:
        case ("leave", number):
            return before.leave_out(number)
        case ("undo", number):
            return before.forget(number)
        case ("accept", number):
            return before.accept(number)
        case ("mend", number, text, place):
            return before.mend(mended(number, text, place))
        case ("judge", turn, verdict) if plan.alike:
            one = plan.alike[turn % len(plan.alike)]
            return before.judge({one.pair: verdict}) if verdict in one.possible else before
    return before


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=acts)
def test_plans_are_those_of_comparing_everything(slug: str, chosen: list[tuple]) -> None:
    memory, decisions = ImportMemory(), Decisions()
    for act in [("none",), *chosen]:
        known = service.preview_import(REPORT, slug, decisions, memory=memory)
        assert known == service.preview_import(REPORT, slug, decisions)
        # As between two requests: what was decided is loaded anew.
        decisions = loaded(decided(decisions, act, known).as_json())
    assert service.preview_import(REPORT, slug, decisions, memory=memory) == service.preview_import(
        REPORT, slug, decisions
    )


def test_a_change_of_the_bank_is_seen(slug: str) -> None:
    memory, decisions = ImportMemory(), Decisions()
    before = service.preview_import(REPORT, slug, decisions, memory=memory)
    assert "11" in {one.question.number for one in before.new}
    [same] = [one for one in REPORT.questions if one.number == "11"]
    service.add_question(
        queries.get_bank(slug).id, replace(same, number=""), submit=True, actor=ACTOR, now=NOW
    )
    after = service.preview_import(REPORT, slug, decisions, memory=memory)
    assert "11" in {one.number for one in after.known}
    assert after == service.preview_import(REPORT, slug, decisions)


def test_the_bank_is_read_once_for_one_state_of_it(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    memory, asked = ImportMemory(), []
    listed = queries.list_stored
    monkeypatch.setattr(queries, "list_stored", lambda bank_id: asked.append(bank_id) or listed(bank_id))
    for number in ("1", "2", "3"):
        service.preview_import(REPORT, slug, Decisions().leave_out(number), memory=memory)
    assert len(asked) == 1
