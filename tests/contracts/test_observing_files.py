"""The dashboard and the alerts name what the program measures, and the document says what to do of each."""

import json
import re
from typing import Any

import pytest
import yaml

from quiz.core.metrics import REGISTRY
from quiz.core.settings import ROOT
from quiz.observing.gauges import GAUGES

_DOC = (ROOT / "docs" / "observing.md").read_text(encoding="utf-8")
_RULES = yaml.safe_load((ROOT / "deploy" / "prometheus" / "alerts.yml").read_text(encoding="utf-8"))
_ALERTS: list[dict[str, Any]] = [rule for group in _RULES["groups"] for rule in group["rules"]]
_BOARD = json.loads((ROOT / "deploy" / "grafana" / "timhieu.json").read_text(encoding="utf-8"))
_PANELS = [panel for panel in _BOARD["panels"] if panel["type"] != "row"]
_EXPRESSIONS = {
    **{rule["alert"]: rule["expr"] for rule in _ALERTS},
    **{panel["title"]: "\n".join(one["expr"] for one in panel["targets"]) for panel in _PANELS},
}
_NAME = re.compile(r"\btimhieu_\w+")


def _measured() -> set[str]:
    """Names of samples as Prometheus reads them."""
    names = set(GAUGES)
    for family in REGISTRY.collect():
        endings = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}.get(family.type, ("",))
        names |= {family.name + ending for ending in endings}
    return names


@pytest.mark.parametrize("what", _EXPRESSIONS)
def test_what_is_asked_is_measured(what: str) -> None:
    asked = set(_NAME.findall(_EXPRESSIONS[what]))
    assert asked or "up{" in _EXPRESSIONS[what]
    assert asked <= _measured()


@pytest.mark.parametrize("what", _EXPRESSIONS)
def test_routes_are_those_of_the_program(what: str, whole) -> None:
    """An alert on a route that was renamed would be silent for ever."""
    rules = {rule.rule for rule in whole.url_map.iter_rules()}
    for operator, value in re.findall(r'route(=~|!~|=)"([^"]*)"', _EXPRESSIONS[what]):
        if operator == "=":
            assert value in rules
        else:
            silent = [part for part in value.split("|") if not any(re.fullmatch(part, one) for one in rules)]
            assert not silent


def test_everything_that_is_measured_is_looked_at_and_explained() -> None:
    looked_at = {name for text in _EXPRESSIONS.values() for name in _NAME.findall(text)}
    forgotten = {
        name.removesuffix("_bucket")
        for name in _measured()
        if name not in looked_at and not name.endswith(("_count", "_sum"))
    }
    assert not forgotten
    assert {name for name in looked_at if re.sub("_(total|bucket|count)$", "", name) not in _DOC} == set()


@pytest.mark.parametrize("rule", _ALERTS, ids=lambda rule: rule["alert"])
def test_an_alert_says_why_and_the_document_what_to_do(rule: dict[str, Any]) -> None:
    assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
    assert rule["labels"]["severity"] in ("call", "look")
    assert rule["annotations"]["summary"].endswith(".")
    assert len(rule["annotations"]["reason"]) > 40
    assert re.fullmatch(r"\d+[smhd]", rule["for"])
    assert re.search(rf"^### {rule['alert']}$", _DOC, re.MULTILINE)


def test_the_document_knows_no_other_alerts() -> None:
    part = _DOC.partition("## Alerts")[2].partition("\n## ")[0]
    assert re.findall(r"^### (\w+)$", part, re.MULTILINE) == [rule["alert"] for rule in _ALERTS]


def test_panels_stand_beside_one_another() -> None:
    taken = set()
    for panel in _BOARD["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, panel["title"]
        assert place["x"] + place["w"] <= 24
        taken |= cells
    assert len({panel["id"] for panel in _BOARD["panels"]}) == len(_BOARD["panels"])
