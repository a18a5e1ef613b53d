"""/_kit shows every component, and is not there in production."""

import re
from dataclasses import replace

from flask import Flask

from quiz.core.settings import ROOT
from quiz.web import kit
from tests.support.client import Client

_TEMPLATES = ROOT / "templates"
# Parts of other macros that cannot stand alone: a chart's axes and bars, a field's inner pieces.
_INNER = {"axes", "rect", "value", "error_text", "optional_mark", "describedby", "control", "unit_search"}
# The page itself stands between these.
_AROUND = {"header", "footer", "menu_links"}


def test_every_macro_is_on_the_page() -> None:
    called = set(
        re.findall(
            r"\b\w+\.(\w+)\(|\b(icon)\(", (_TEMPLATES / "web" / "kit.html").read_text(encoding="utf-8")
        )
    )
    shown = {name for pair in called for name in pair}
    missing = {
        (path.stem, name)
        for path in sorted((_TEMPLATES / "components").glob("*.html"))
        for name in re.findall(r"\{%-? macro ([a-z][a-z_]*)\(", path.read_text(encoding="utf-8"))
        if name not in shown | _INNER | _AROUND
        and (path.stem, name) not in {("charts", "table"), ("rules", "grid")}  # inside bars and articles
    }
    assert not missing, "show it on templates/web/kit.html"


def test_the_page_draws_all_of_it(client: Client) -> None:
    text = client.get("/_kit").text
    for kind in ("primary", "danger", "outline-danger", "link"):
        assert f"btn-{kind}" in text
    assert text.count("is-invalid") >= 4
    assert text.count("<polyline") >= 3


def test_production_has_no_such_page(app: Flask) -> None:
    bare = Flask("bare")
    bare.config["SETTINGS"] = replace(app.config["SETTINGS"], env="production")
    kit.init_app(bare)
    assert bare.test_client().get("/_kit").status_code == 404
