"""What banks refuse."""

from quiz.core.errors import DomainError, Invalid


class BankInvalid(Invalid):
    """A bank cannot be called so. Codes: bank_slug, bank_title, bank_taken."""


class QuestionInvalid(Invalid):
    """A question cannot be like this. Codes are those of `checks.Fault`."""


class QuestionConflict(DomainError):
    """Another question of the bank says the same. Codes: same_question, same_wording; `number` names it."""


class CommentInvalid(Invalid):
    """A comment cannot be like this. Codes: comment_empty, comment_too_long."""


class TopicInvalid(Invalid):
    """A topic cannot be like this. Codes: topic_no_name, topic_too_long, topic_taken, topic_unknown,
    topic_circle, topic_not_empty."""


class StepRefused(DomainError):
    """A question is not where a step begins, or somebody else has to take it. Codes: `workflow.Refusal`."""


class QuestionChanged(DomainError):
    """Somebody else changed the question since the page was opened."""


class ImportRefused(Invalid):
    """A file cannot come in as it stands. Code: import_refused."""


class BankBusy(DomainError):
    """Somebody else changes the same bank at this moment."""
