"""What documents refuse."""

from quiz.core.errors import DomainError, Invalid


class DocumentInvalid(Invalid):
    """A document cannot be called so, or there is nothing to save. Codes: document_slug, _title, _link."""


class DocumentChanged(DomainError):
    """Somebody else has loaded another edition since the preview. Code: document_changed."""
