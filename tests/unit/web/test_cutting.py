"""Bootstrap's sheet cut to what pages use: what stays, what goes."""

import pytest

from quiz.web.cutting import Part, Usage, classes_of, cut, narrow
from quiz.web.usage import find_usage

_USAGE = Usage(frozenset({"btn", "card", "is-invalid", "show"}), frozenset({"p", "a"}), frozenset({"type"}))


@pytest.mark.parametrize(
    "rule, kept",
    [
        (".btn{color:red}", ".btn{color:red}"),
        (".modal{color:red}", ""),
        (".btn.modal{color:red}", ""),
        (".btn,.modal{color:red}", ".btn{color:red}"),
        ("p{color:red}", "p{color:red}"),
        ("table{color:red}", ""),
        ("body{color:red}", "body{color:red}"),
        (".btn:disabled{color:red}", ".btn:disabled{color:red}"),
        (".btn:not(.modal){color:red}", ".btn:not(.modal){color:red}"),
        (".btn:not(:disabled):hover{color:red}", ".btn:not(:disabled):hover{color:red}"),
        (".card > .btn{color:red}", ".card>.btn{color:red}"),
        (".btn.is-invalid~p{color:red}", ".btn.is-invalid~p{color:red}"),
        (".card.show{color:red}", ".card.show{color:red}"),
        ("[type=submit]{color:red}", "[type=submit]{color:red}"),
        ("[data-bs-theme=dark]{color:red}", ""),
        (
            "@media (min-width:1px){.btn{color:red}.modal{color:red}}",
            "@media (min-width:1px){.btn{color:red}}",
        ),
        ("@media print{.modal{color:red}}", ""),
        ("@keyframes x{to{color:red}}", ""),
        (".btn{color:red!important}", ".btn{color:red!important}"),
    ],
)
def test_rules_stay_that_can_match(rule, kept):
    assert narrow(rule, _USAGE) == kept


@pytest.mark.parametrize(
    "framework, own, kept",
    [
        (".a{color:red;margin:0}", ".a{color:blue}", ".a{margin:0}"),
        (".a{color:red}", "@media print{.a{color:blue}}", ".a{color:red}"),
        (".a,.b{color:red}", ".a{color:blue}", ".a,.b{color:red}"),
        (".a,.b{color:red}", ".b,.a{color:blue}", ""),
        (".a{color:red!important}", ".a{color:blue}", ".a{color:red!important}"),
        (".a{color:red!important}", ".a{color:blue!important}", ""),
        (".a{padding-left:1px}", ".a{padding:0}", ""),
        (".a{border-radius:1px}", ".a{border:0}", ".a{border-radius:1px}"),
        (".a>.b{color:red}", ".a > .b { color: blue }", ""),
        (":root{--x:1;--y:var(--x)}", "", ""),
        (":root{--x:1;--y:var(--x)}.a{margin:var(--y)}", "", ":root{--x:1;--y:var(--x)}.a{margin:var(--y)}"),
        (":root{--x:1}", ".a{margin:var( --x, 0)}", ":root{--x:1}"),
    ],
)
def test_what_our_sheet_says_again_goes(framework, own, kept):
    assert cut(framework, own, Part()) == kept


def test_parts_share_the_sheet_without_a_rule_in_both():
    sheet = "p{margin:0}.table{margin:0}.table .btn{margin:0}.btn{margin:0}"
    lists = frozenset({"table"})
    assert cut(sheet, "", Part(without=lists)) == "p{margin:0}.btn{margin:0}"
    assert cut(sheet, "", Part(only=lists)) == ".table{margin:0}.table .btn{margin:0}"


def test_a_variable_that_another_sheet_reads_stays():
    assert cut(":root{--x:1;--y:2}", "", Part(), readers="p{margin:var(--y)}") == ":root{--y:2}"


def test_usage_is_read_out_of_expressions_macros_and_scripts():
    usage = find_usage(
        [
            '<i class="a{% if x == "q" %} b{% endif %} c-{{ kind }}"></i>{# class="no" #}',
            '{{ link(class="d") }}',
            '{{ button(kind="outline") }}',
        ],
        ['row.className = "e f";'],
    )
    assert {"a", "b", "d", "e", "f", "c-outline"} <= usage.classes
    assert "no" not in usage.classes
    assert "i" in usage.elements


def test_classes_of_a_sheet_are_found_in_media_rules_too():
    assert classes_of(".a:hover,p>.b{margin:0}@media print{.c{margin:0}}") == {"a", "b", "c"}
