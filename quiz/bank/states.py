"""The states of a question. Pure."""

from enum import StrEnum


class QuestionState(StrEnum):
    """Only approved questions are drawn; retired ones stay for the papers that have them."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RETIRED = "retired"
