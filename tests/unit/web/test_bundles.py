"""Bundles: one file with the meaning of many."""

import pytest

from quiz.core.settings import ROOT
from quiz.web.bundles import BundleProblem, bundle_script, bundle_style


def _files(folder, **texts):
    for name, text in texts.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def test_a_sheet_takes_in_what_it_imports_each_file_once(tmp_path):
    _files(
        tmp_path,
        a_css='/* why */\n@import "b.css";\n@import "c.css";\n\n.a {\n  color: red;\n}\n',
        b_css='@import "c.css";\n.b { margin: 0 }\n',
        c_css=".c::before { content: ' ; ' }\n",
    )
    text = bundle_style(tmp_path / "a.css")
    assert text.count(".c::before") == 1
    assert text.index(".c::before") < text.index(".b") < text.index(".a")
    assert "why" not in text
    assert ".a{color:red}" in text


def test_modules_keep_their_own_names_and_come_in_the_order_of_need(tmp_path):
    _files(
        tmp_path,
        a_js=(
            '// first\nimport { two, Three } from "./b.js";\n\n'
            "const LIMIT = 1;\nconsole.log(two(), Three, LIMIT);\n"
        ),
        b_js=(
            'import { one } from "./c.js";\n\nconst LIMIT = 2;\n'
            "export function two() { return one() + LIMIT; }\nexport class Three {}\n"
        ),
        c_js="const LIMIT = 3;\nexport async function one() { return LIMIT; }\n",
    )
    text = bundle_script(tmp_path / "a.js")
    assert "import" not in text
    assert "export" not in text
    assert "first" not in text
    assert text.index("async function one") < text.index("function two") < text.index("console.log")
    assert "const { two, Three } = $m1;" in text
    assert "return { two, Three };" in text


@pytest.mark.parametrize(
    "line",
    [
        'import x from "./b.js";',
        'import * as x from "./b.js";',
        'import "./b.js";',
        "export default 1;",
        "export { a };",
        "export let a = 1;",
    ],
)
def test_forms_that_are_not_bundled_are_refused(tmp_path, line):
    _files(tmp_path, a_js=f"{line}\n", b_js="export const x = 1;\n")
    with pytest.raises(BundleProblem, match=r"a\.js"):
        bundle_script(tmp_path / "a.js")


@pytest.mark.parametrize("path", sorted((ROOT / "static").rglob("*.js")), ids=lambda path: path.name)
def test_every_script_of_ours_can_be_bundled(path):
    assert "$m0" in bundle_script(path)


@pytest.mark.parametrize("path", sorted((ROOT / "static").rglob("*.css")), ids=lambda path: path.name)
def test_no_sheet_of_ours_keeps_an_import(path):
    text = bundle_style(path)
    assert "@import" not in text
    assert text.count("{") == text.count("}")
