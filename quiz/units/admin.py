"""/manage/units: trees, and files of units from choosing to saving."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.core import clock
from quiz.units import queries
from quiz.units.forms import ConfirmForm, TreeFileForm
from quiz.units.labels import place_of
from quiz.units.models import UnitTree
from quiz.units.samples import UNITS
from quiz.units.service import ImportOutcome, import_tree, preview_tree
from quiz.web import uploads
from quiz.web.files import given_name
from quiz.web.guards import needs, staff_actor
from quiz.web.paging import asked_page, pages

bp = Blueprint("units", __name__, url_prefix="/manage/units")

_PURPOSE = "units"


@bp.get("")
@needs(Permission.SEE_UNITS)
def trees() -> str:
    """All trees, and the form for a file."""
    return _trees_page(TreeFileForm(formdata=None, slug=request.args.get("tree", "")[:40]))


@bp.post("")
@needs(Permission.EDIT_UNITS)
@uploads.takes_files
def upload() -> Response | tuple[str, int]:
    """Read a file and show what it would change; nothing is saved yet."""
    form = TreeFileForm()
    if not form.validate():
        return _trees_page(form), 422
    data, name = form.file.data.read(), given_name(form.file.data)
    outcome = preview_tree(data, name, form.slug.data)
    if outcome.reading.has_errors:
        return _preview_page(outcome, form.slug.data, ConfirmForm(formdata=None)), 422
    token = uploads.keep(
        data,
        name,
        purpose=_PURPOSE,
        staff_id=current_user.id,
        now=clock.now(),
        fields={"slug": form.slug.data, "name": form.name.data or ""},
    )
    return redirect(url_for(".preview", token=token), code=303)


@bp.get("/sample.csv")
@needs(Permission.EDIT_UNITS)
def sample() -> Response:
    """A small file to start from."""
    response = Response(UNITS, content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename="mau-don-vi.csv")
    return response


@bp.get("/import/<token>")
@needs(Permission.EDIT_UNITS)
def preview(token: str) -> str:
    """What the file would change."""
    kept = _kept_or_404(token)
    slug = kept.fields["slug"]
    return _preview_page(preview_tree(kept.data, kept.name, slug), slug, ConfirmForm(formdata=None), token)


@bp.post("/import/<token>")
@needs(Permission.EDIT_UNITS)
def confirm(token: str) -> Response | tuple[str, int]:
    """Save what was shown."""
    kept, form = _kept_or_404(token), ConfirmForm()
    slug = kept.fields["slug"]
    outcome = import_tree(
        kept.data,
        kept.name,
        slug,
        kept.fields["name"] or None,
        remove_missing=bool(form.remove_missing.data),
        actor=staff_actor(),
        now=clock.now(),
    )
    if not outcome.is_saved:
        form.remove_missing.errors = [_("cần đánh dấu ô này, hoặc đưa các đơn vị đó trở lại tệp.")]
        return _preview_page(outcome, slug, form, token), 422
    uploads.discard(token)
    plan = outcome.plan
    flash(
        _(
            "Đã nhập: thêm %(added)s, đổi %(changed)s, xóa %(removed)s đơn vị.",
            added=len(plan.added),
            changed=len(plan.changed),
            removed=len(plan.vanished),
        ),
        "success",
    )
    return redirect(url_for(".tree", slug=slug), code=303)


@bp.get("/<slug>")
@needs(Permission.SEE_UNITS)
def tree(slug: str) -> str:
    """One tree: how many units of each kind, and the units in their order."""
    tree_ = tree_or_404(slug)
    q = request.args.get("q", "").strip()[:80]
    found = queries.browse_units(tree_, q, asked_page())
    return render_template(
        "units/tree.html",
        tree=tree_,
        kinds=queries.count_units_by_kind(tree_),
        found=found,
        q=q,
        pages=pages(found.page, found.pages, slug=slug, q=q),
        may_edit=current_user.can(Permission.EDIT_UNITS),
    )


def tree_or_404(slug: str) -> UnitTree:
    """The tree. Raises NotFound."""
    return queries.get_tree(slug)


def _kept_or_404(token: str) -> uploads.Kept:
    return uploads.get_kept(token, purpose=_PURPOSE, staff_id=current_user.id, now=clock.now())


def _trees_page(form: TreeFileForm) -> str:
    return render_template(
        "units/trees.html",
        trees=queries.list_trees(),
        form=form,
        may_edit=current_user.can(Permission.EDIT_UNITS),
    )


def _preview_page(outcome: ImportOutcome, slug: str, form: ConfirmForm, token: str = "") -> str:
    known = queries.find_tree(slug)
    return render_template(
        "units/preview.html",
        reading=outcome.reading,
        plan=outcome.plan,
        places=[place_of(problem) for problem in outcome.reading.problems],
        slug=slug,
        is_new=known is None,
        form=form,
        token=token,
    )
