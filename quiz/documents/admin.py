"""/manage/documents: documents, and files from choosing to saving; passages for the picker of citations."""

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from question_bank.passages.editions import Fate
from quiz.accounts.permissions import Permission
from quiz.core import clock
from quiz.documents import queries
from quiz.documents.forms import ConfirmForm, DocumentFileForm, ParticularsForm, filled_form
from quiz.documents.labels import FATES
from quiz.documents.models import Document
from quiz.documents.service import (
    Loading,
    Particulars,
    change_particulars,
    load_document,
    preview_document,
)
from quiz.web import uploads
from quiz.web.files import given_name
from quiz.web.guards import needs, staff_actor

bp = Blueprint("documents", __name__, url_prefix="/manage/documents")

_PURPOSE = "documents"
_FIELDS = ("title", "issuer", "number", "dated", "link")


@bp.get("")
@needs(Permission.SEE_BANKS)
def documents() -> str:
    """All documents, and the form for a file."""
    found = queries.find_document(request.args.get("document", "")[:40])
    known = {name: getattr(found, name) for name in ("slug", *_FIELDS)} if found else {}
    return _documents_page(DocumentFileForm(formdata=None, **known))


@bp.post("")
@needs(Permission.MANAGE_BANKS)
@uploads.takes_files
def upload() -> Response | tuple[str, int]:
    """Read a file and show its passages; nothing is saved yet."""
    form = DocumentFileForm()
    if not form.validate():
        return _documents_page(form), 422
    data, name = form.file.data.read(), given_name(form.file.data)
    loading = preview_document(data, name, form.slug.data, form.title.data)
    if loading.reading.refused:
        return _preview_page(loading, form.slug.data, ""), 422
    token = uploads.keep(
        data,
        name,
        purpose=_PURPOSE,
        staff_id=current_user.id,
        now=clock.now(),
        fields={"slug": form.slug.data, **{name: form[name].data or "" for name in _FIELDS}},
    )
    return redirect(url_for(".preview", token=token), code=303)


@bp.get("/import/<token>")
@needs(Permission.MANAGE_BANKS)
def preview(token: str) -> str:
    """The passages that the file makes, and what is new, changed, gone."""
    kept = _kept_or_404(token)
    loading = preview_document(kept.data, kept.name, kept.fields["slug"], kept.fields["title"])
    return _preview_page(loading, kept.fields["slug"], token)


@bp.post("/import/<token>")
@needs(Permission.MANAGE_BANKS)
def confirm(token: str) -> Response | tuple[str, int]:
    """Save what was shown."""
    kept, form = _kept_or_404(token), ConfirmForm()
    slug = kept.fields["slug"]
    loading = load_document(
        kept.data,
        kept.name,
        slug,
        Particulars(**{name: kept.fields[name] for name in _FIELDS}),
        seen_edition=int(form.seen_edition.data) if form.validate() else None,
        actor=staff_actor(),
        now=clock.now(),
    )
    uploads.discard(token)
    flash(
        _(
            "Đã lưu %(count)s đoạn: %(new)s mới, %(changed)s đổi, %(gone)s không còn.",
            count=loading.plan.count,
            **{fate.value: len(loading.plan.of(fate)) for fate in (Fate.NEW, Fate.CHANGED, Fate.GONE)},
        ),
        "success",
    )
    return redirect(url_for(".document", slug=slug), code=303)


@bp.get("/passages.json")
@needs(Permission.SEE_BANKS)
def passages() -> Response:
    """Passages with the words of ?q=, in one ?document= or all, for choosing what a question cites."""
    found = queries.search_passages(
        request.args.get("q", "")[:200], request.args.get("document", "")[:40] or None
    )
    return jsonify(
        passages=[
            {
                "address": one.address,
                "document": one.document_title,
                "mark": one.mark,
                "heading": " › ".join(one.headings),
                "text": one.text,
            }
            for one in found
        ]
    )


@bp.get("/<slug>")
@needs(Permission.SEE_BANKS)
def document(slug: str) -> str:
    """One document: its particulars and its passages, with a search."""
    return _document_page(document_or_404(slug), None)


@bp.post("/<slug>")
@needs(Permission.MANAGE_BANKS)
def rename(slug: str) -> Response | tuple[str, int]:
    """Save how the document is called and where it comes from."""
    found, form = document_or_404(slug), ParticularsForm()
    if form.validate() and not form.title.data:
        form.title.errors = [_("chưa nhập tên văn bản.")]
    if form.errors:
        return _document_page(found, form), 422
    change_particulars(slug, form.particulars(), actor=staff_actor(), now=clock.now())
    flash(_("Đã lưu thông tin văn bản."), "success")
    return redirect(url_for(".document", slug=slug), code=303)


def document_or_404(slug: str) -> Document:
    """The document. Raises NotFound."""
    return queries.get_document(slug)


def _kept_or_404(token: str) -> uploads.Kept:
    return uploads.get_kept(token, purpose=_PURPOSE, staff_id=current_user.id, now=clock.now())


def _documents_page(form: DocumentFileForm) -> str:
    return render_template(
        "documents/documents.html",
        documents=queries.list_documents(),
        form=form,
        may_edit=current_user.can(Permission.MANAGE_BANKS),
    )


def _preview_page(loading: Loading, slug: str, token: str) -> str:
    return render_template(
        "documents/preview.html",
        loading=loading,
        slug=slug,
        token=token,
        counts=[(len(loading.plan.of(fate)), str(words)) for fate, words in FATES.items()],
        words={fate.value: str(words) for fate, words in FATES.items()},
    )


def _document_page(found: Document, form: ParticularsForm | None) -> str:
    q = request.args.get("q", "").strip()[:80]
    listed = queries.list_passages(found)
    hits = queries.search_passages(q, found.slug, limit=200) if q else listed
    return render_template(
        "documents/document.html",
        document=found,
        passages=hits,
        total=len(listed),
        q=q,
        form=form or filled_form(found),
        is_open=form is not None,
        may_edit=current_user.can(Permission.MANAGE_BANKS),
    )
