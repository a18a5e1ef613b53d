"""Bootstrap's sheet as our pages get it: out of the installed package, cut to what they use.

`@import "bootstrap";` in a sheet of ours stands for what every page may need, `@import "bootstrap/lists";`
for tables, tabs and pages of lists, which citizens' forms and the attempt do without.
"""

from functools import lru_cache
from importlib.resources import files

from quiz.core.settings import ROOT
from quiz.web.cutting import Part, Usage, cut, narrow
from quiz.web.usage import find_usage

_LISTS = frozenset(
    {"table", "table-responsive", "table-active", "nav-tabs", "pagination", "page-link", "page-item"}
)
# Named like ours but drawn by us alone: ticks and radios are the device's own (high contrast modes know them)
# and stand in a row of a finger's height; an answer's control is invisible inside its row.
DRAWN_BY_US = frozenset({"form-check", "form-check-input", "form-check-inline", "btn-check"})
# Kinds that no page uses; they would come along because their second half is a word of ours.
UNUSED = frozenset(
    {"btn-group", "btn-info", "btn-success", "btn-warning", "btn-close", "btn-dark", "btn-light"}
    | {"alert-heading", "alert-link", "alert-primary", "alert-secondary", "alert-dark", "alert-light"}
    | {"text-body", "text-start", "text-primary", "text-info", "text-dark", "text-light", "text-white"}
    | {"row", "mark", "progress", "visible", "disabled", "text-black", "text-wrap"}
)
# Of controls for dates and colours, which no form of ours has, and of Firefox before 2018.
_NEVER = frozenset(
    {
        "::-webkit-date",
        "::-webkit-color",
        "-moz-focus",
        "::-webkit-inner-spin",
        "::-webkit-calendar",
        "kbd kbd",
    }
)
PARTS = {"bootstrap": Part(without=_LISTS), "bootstrap/lists": Part(only=_LISTS)}


def framework_part(name: str, own: str) -> str:
    """A part of Bootstrap, cut, to stand in front of the sheet `own`. Raises KeyError for an unknown part."""
    ours, used = _as_it_stands(_stamp())
    readers = [cut(used, "", part, ours) for other, part in PARTS.items() if other != name]
    return cut(used, own, PARTS[name], "".join([ours, *readers]))


def bootstrap() -> str:
    """The whole sheet as its package carries it."""
    path = files("flask_bootstrap") / "static" / "bootstrap5" / "css" / "bootstrap.min.css"
    return path.read_text(encoding="utf-8")


def page_usage() -> Usage:
    """What our templates and scripts use, as they stand now."""
    found = find_usage(_texts("templates", "*.html"), _texts("static", "*.js"))
    return Usage(found.classes - DRAWN_BY_US - UNUSED, found.elements, found.attributes)


@lru_cache(maxsize=1)
def _as_it_stands(_stamp: float) -> tuple[str, str]:
    """All sheets of ours, and what of Bootstrap can match on our pages."""
    return "".join(_texts("static", "*.css")), narrow(bootstrap(), page_usage(), _NEVER)


def _texts(folder: str, pattern: str) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / folder).rglob(pattern))]


def _stamp() -> float:
    """When a template, script or sheet was changed last."""
    return max(
        path.stat().st_mtime for folder in ("templates", "static") for path in (ROOT / folder).rglob("*.*")
    )
