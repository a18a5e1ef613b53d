"""Routes: documented, protected, named after what they do, rendered from the template of the same package."""

import ast
import inspect

from werkzeug.routing import Rule

from quiz.core.settings import ROOT
from tests.support.sources import for_every_file, functions, python_files

_UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
_SAMPLES = {"ColumnConverter": 1, "FloatConverter": 1.0}
# Where a page's template lives when its blueprint has another name than its folder.
_SHARED_FOLDERS = {"components", "errors", "layouts"}


def _own_rules(app) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def _address(app, rule: Rule) -> str:
    values = {
        name: _SAMPLES.get(type(converter).__name__, "x") for name, converter in rule._converters.items()
    }
    with app.test_request_context():
        _, path = rule.build(values) or ("", "")
    return path


def test_every_view_says_what_it_is_for(whole):
    silent = [
        f"{rule.endpoint} ({rule.rule})"
        for rule in _own_rules(whole)
        if not inspect.getdoc(inspect.unwrap(whole.view_functions[rule.endpoint]))
    ]
    assert not silent


def test_every_view_is_named_after_its_function(whole):
    """A stranger finds the function from the endpoint."""
    wrong = [
        rule.endpoint
        for rule in _own_rules(whole)
        if inspect.unwrap(whole.view_functions[rule.endpoint]).__name__ != rule.endpoint.rsplit(".", 1)[-1]
    ]
    assert not wrong


def test_nothing_is_exempt_from_the_csrf_check(whole):
    protect = whole.extensions["csrf"]
    assert not protect._exempt_views
    assert not protect._exempt_blueprints


def test_unsafe_requests_without_a_token_are_refused(whole):
    whole.config["SHOW_ERROR_PAGES"] = True
    open_doors = []
    for rule in _own_rules(whole):
        for method in sorted((rule.methods or set()) & _UNSAFE):
            reply = whole.test_client().open(_address(whole, rule), method=method)
            if reply.status_code not in (400, 403):
                open_doors.append(f"{method} {rule.rule}: {reply.status_code}")
    assert not open_doors


def test_requests_from_other_sites_are_refused(whole):
    reply = whole.test_client().post("/", headers={"Sec-Fetch-Site": "cross-site"})
    assert reply.status_code == 403


def test_reading_changes_nothing_by_address(whole):
    """No GET address is named after a deed; links can be followed ahead by browsers and crawlers."""
    deeds = {"delete", "remove", "submit", "start", "publish", "close", "freeze", "logout"}
    wrong = [
        rule.rule
        for rule in _own_rules(whole)
        if "GET" in (rule.methods or set()) and rule.rule.rstrip("/").rsplit("/", 1)[-1] in deeds
    ]
    assert not wrong


@for_every_file(python_files("quiz"))
def test_pages_are_rendered_from_the_folder_of_their_package(path):
    package = path.relative_to(ROOT / "quiz").parts[0]
    strange = [
        f"{function.name} (line {node.lineno}) renders {node.args[0].value}"
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "render_template" and node.args
        if isinstance(node.args[0], ast.Constant)
        if node.args[0].value.split("/")[0] not in {package, *_SHARED_FOLDERS}
    ]
    assert not strange
