"""The states of a question. Pure."""

from enum import StrEnum


class QuestionState(StrEnum):
    """Only approved questions are drawn; retired ones stay for the papers that have them."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RETIRED = "retired"


class Note(StrEnum):
    """What a note in a question's history tells."""

    COMMENT = "comment"
    CREATED = "created"
    REVISED = "revised"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    RETIRED = "retired"
    RESTORED = "restored"
