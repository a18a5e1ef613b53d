"""QTI 1.2 as Canvas, Respondus and Blackboard write it, QTI 2 and 3 as their tools do."""

import pytest

from question_bank.values import Kind
from tests.support.qti import CHOICES, RIGHT_IS_B, in_qti3, item, item_2, labels, read_2, read_12
from tests.support.questions import codes, key_line


@pytest.mark.parametrize(
    "processing",
    [
        RIGHT_IS_B,
        # Blackboard
        '<respcondition title="correct"><conditionvar><varequal respident="R">b2</varequal></conditionvar>'
        '<setvar variablename="SCORE" action="Set">SCORE.max</setvar>'
        '<displayfeedback linkrefid="correct" feedbacktype="Response"/></respcondition>'
        '<respcondition title="incorrect"><conditionvar><other/></conditionvar>'
        '<setvar variablename="SCORE" action="Set">0</setvar><displayfeedback linkrefid="incorrect"/>'
        "</respcondition>",
        # Only a link to the feedback "correct"
        '<respcondition><conditionvar><varequal respident="R">b2</varequal></conditionvar>'
        '<displayfeedback linkrefid="Correct"/></respcondition>',
        # Respondus: a condition for each choice
        "".join(
            f'<respcondition><conditionvar><varequal respident="R">{ident}</varequal></conditionvar>'
            f'<setvar varname="Respondus_Correct" action="Add">{100 if ident == "b2" else 0}</setvar>'
            "</respcondition>"
            for ident, _ in CHOICES
        ),
    ],
)
def test_keys_of_three_programs(processing):
    report = read_12(item(processing))
    assert report.format == "qti12"
    assert key_line(report) == "1B"
    assert [choice.text for choice in report.questions[0].choices] == ["Huế", "Hà Nội", "Vinh"]
    assert report.questions[0].place == "item 1 “Câu hỏi”"
    assert codes(report) == []


def test_several_answers_of_canvas():
    processing = (
        '<respcondition continue="No"><conditionvar><and><varequal respident="R">a1</varequal>'
        '<varequal respident="R">b2</varequal><not><varequal respident="R">c3</varequal></not></and>'
        "</conditionvar>"
        '<setvar action="Set" varname="SCORE">100</setvar></respcondition>'
    )
    fields = [("question_type", "multiple_answers_question"), ("points_possible", "1")]
    report = read_12(item(processing, cardinality="Multiple", fields=fields))
    assert key_line(report) == "1AB"
    assert report.questions[0].kind is Kind.MULTIPLE


def test_feedback_for_choices_and_for_all():
    processing = (
        '<respcondition continue="Yes"><conditionvar><other/></conditionvar>'
        '<displayfeedback feedbacktype="Response" linkrefid="general_fb"/></respcondition>'
        '<respcondition continue="Yes"><conditionvar><varequal respident="R">a1</varequal></conditionvar>'
        '<displayfeedback feedbacktype="Response" linkrefid="a1_fb"/></respcondition>' + RIGHT_IS_B
    )
    feedback = "".join(
        f'<itemfeedback ident="{ident}"><flow_mat><material><mattext texttype="text/html">{text}</mattext>'
        "</material></flow_mat></itemfeedback>"
        for ident, text in (("general_fb", "&lt;p&gt;Theo Hiến pháp&lt;/p&gt;"), ("a1_fb", "cố đô"))
    )
    only = read_12(item(processing, more=feedback)).questions[0]
    assert only.explanation == "Theo Hiến pháp"
    assert [choice.feedback for choice in only.choices] == ["cố đô", None, None]


def test_text_that_looks_like_tags():
    html = read_12(item(text="&lt;p&gt;5 &amp;lt; 6?&lt;/p&gt;")).questions[0]
    assert html.text == "5 < 6?"
    plain = read_12(
        item(inside=labels((("a1", "&lt;b&gt;"), ("b2", "&lt;i&gt;")), ' texttype="text/plain"'))
    ).questions[0]
    assert [choice.text for choice in plain.choices] == ["<b>", "<i>"]


@pytest.mark.parametrize(
    "made,code",
    [
        (item(RIGHT_IS_B.replace("b2", "z9")), "key-points-nowhere"),
        (item(""), "no-key"),
        (item(inside=labels((("a1", "Huế"), ("b2", "")))), "empty-choice"),
        (item(RIGHT_IS_B + RIGHT_IS_B.replace("b2", "a1")), "several-right"),
        (
            item(RIGHT_IS_B + RIGHT_IS_B.replace("b2", "a1").replace(">100<", ">SCORE.max<")),
            "two-keys",
        ),
    ],
)
def test_problems_of_12(made, code):
    assert codes(read_12(made))[0] == code


def test_other_kinds_of_12_are_counted():
    essay = '<item ident="e"><presentation><response_str ident="R"/></presentation></item>'
    matching = item(fields=[("question_type", "matching_question")], ident="m")
    cartridge = item(fields=[("cc_profile", "cc.essay.v0p1")], ident="c")
    report = read_12(essay, matching, cartridge, item(fields=[("cc_profile", "cc.multiple_choice.v0p1")]))
    assert report.skipped == {"essay": 2, "matching": 1}
    assert key_line(report) == "4B"


# --- QTI 2 and 3 ---


@pytest.mark.parametrize("form", [item_2(), item_2(version="v2p2"), in_qti3(item_2())])
def test_an_item(form):
    report = read_2(form)
    assert report.format == "qti2"
    only = report.questions[0]
    assert only.text == "Thủ đô?\nChọn một."
    assert [choice.text for choice in only.choices] == ["Huế", "Hà Nội", "Tất cả"]
    assert [choice.pinned for choice in only.choices] == [False, False, True]
    assert [choice.feedback for choice in only.choices] == ["cố đô", None, None]
    assert (only.correct, only.key_from, only.kind) == ((1,), "correct response", Kind.SINGLE)


MAPPING = '<mapping><mapEntry mapKey="A" mappedValue="0"/><mapEntry mapKey="B" mappedValue="2"/></mapping>'
PROCESSING = (
    "<responseProcessing><responseCondition><responseIf><match><variable identifier='RESPONSE'/>"
    "<baseValue baseType='identifier'>B</baseValue></match><setOutcomeValue identifier='SCORE'>"
    "<baseValue baseType='float'>1</baseValue></setOutcomeValue></responseIf><responseElse><setOutcomeValue "
    "identifier='SCORE'><baseValue baseType='float'>0</baseValue></setOutcomeValue></responseElse>"
    "</responseCondition></responseProcessing>"
)


@pytest.mark.parametrize(
    "made,key_from",
    [
        (item_2(declaration=MAPPING), "mapping"),
        (in_qti3(item_2(declaration=MAPPING)), "mapping"),
        (item_2(declaration="", processing=PROCESSING), "response processing"),
    ],
)
def test_keys_without_a_correct_response(made, key_from):
    report = read_2(made)
    assert key_line(report) == "1B"
    assert report.questions[0].key_from == key_from


def test_several_answers_with_points():
    declaration = (
        "<correctResponse><value>A</value><value>B</value></correctResponse><mapping>"
        '<mapEntry mapKey="A" mappedValue="3"/><mapEntry mapKey="B" mappedValue="1"/>'
        '<mapEntry mapKey="C" mappedValue="-2"/></mapping>'
    )
    only = read_2(item_2(declaration=declaration, cardinality="multiple", maximum="0")).questions[0]
    assert (only.kind, only.correct) == (Kind.MULTIPLE, (0, 1))
    assert [choice.weight for choice in only.choices] == [0.75, 0.25, -0.5]


def test_explanation_is_what_is_shown_to_all():
    more = (
        '<modalFeedback identifier="B" outcomeIdentifier="F" showHide="show">giỏi</modalFeedback>'
        '<modalFeedback identifier="why" outcomeIdentifier="F" showHide="show"><p>Vì thế</p></modalFeedback>'
    )
    only = read_2(item_2(more=more)).questions[0]
    assert only.explanation == "Vì thế"
    assert only.choices[1].feedback == "giỏi"


@pytest.mark.parametrize(
    "made,code",
    [
        (item_2(declaration=""), "no-key"),
        (item_2(declaration="<correctResponse><value>Z</value></correctResponse>"), "key-points-nowhere"),
        (item_2(declaration="<correctResponse><value>A</value></correctResponse>" + MAPPING), "two-keys"),
        (item_2(choices='<simpleChoice identifier="B">một</simpleChoice>'), "too-few-choices"),
    ],
)
def test_problems_of_2(made, code):
    report = read_2(made)
    assert report.questions == ()
    assert codes(report)[0] == code


@pytest.mark.parametrize(
    "made,kind",
    [
        (item_2().replace('adaptive="false"', 'adaptive="true"'), "adaptive"),
        (item_2(body="<textEntryInteraction responseIdentifier='X'/>"), "composite"),
        (item_2().replace("choiceInteraction", "orderInteraction"), "ordering"),
        (item_2().replace("choiceInteraction", "extendedTextInteraction"), "essay"),
    ],
)
def test_other_kinds_of_2_are_counted(made, kind):
    report = read_2(made)
    assert report.questions == ()
    assert report.skipped == {kind: 1}
