"""Writing to the audit log, always inside the transaction of the act itself."""

from datetime import datetime
from enum import StrEnum

from quiz.audit.actors import Actor
from quiz.audit.models import AuditEvent
from quiz.core.database import transaction
from quiz.core.ids import new_id


class Action(StrEnum):
    """What can be done."""

    UNITS_IMPORTED = "units_imported"
    BANK_IMPORTED = "bank_imported"
    BANK_CREATED = "bank_created"
    BANK_CHANGED = "bank_changed"
    TOPICS_CHANGED = "topics_changed"
    QUESTION_ADDED = "question_added"
    QUESTION_REVISED = "question_revised"
    QUESTION_SUBMITTED = "question_submitted"
    QUESTION_RETURNED = "question_returned"
    QUESTION_APPROVED = "question_approved"
    QUESTION_COMMENTED = "question_commented"
    QUESTION_RETIRED = "question_retired"
    QUESTION_RESTORED = "question_restored"
    DOCUMENT_LOADED = "document_loaded"
    DOCUMENT_EDITED = "document_edited"
    CONTEST_APPLIED = "contest_applied"
    CONTEST_EDITED = "contest_edited"
    UNITS_SNAPSHOT = "units_snapshot"
    ROUND_OPENED = "round_opened"
    ROUND_PAUSED = "round_paused"
    ROUND_RESUMED = "round_resumed"
    ROUND_CLOSED = "round_closed"
    ROUND_FROZEN = "round_frozen"
    ROUND_PUBLISHED = "round_published"
    ENTRANT_RETURNED = "entrant_returned"
    TIME_ADDED = "time_added"
    ATTEMPT_GIVEN_BACK = "attempt_given_back"
    KEY_CORRECTED = "key_corrected"
    NEED_NOTED = "need_noted"
    SUSPICION_DISMISSED = "suspicion_dismissed"
    ENTRY_MERGED = "entry_merged"
    ENTRY_DISQUALIFIED = "entry_disqualified"
    RULING_UNDONE = "ruling_undone"
    RULING_APPEALED = "ruling_appealed"
    APPEAL_ANSWERED = "appeal_answered"
    ANNOUNCED = "announced"
    ANNOUNCEMENT_ENDED = "announcement_ended"
    DATA_REQUESTED = "data_requested"
    DATA_REQUEST_DECIDED = "data_request_decided"
    DATA_REQUEST_TAKEN_BACK = "data_request_taken_back"
    PUBLICATION_WITHDRAWN = "publication_withdrawn"
    PERSON_ERASED = "person_erased"
    DATA_SHOWN = "data_shown"
    DATA_EXPORTED = "data_exported"
    DATA_PURGED = "data_purged"
    STAFF_CREATED = "staff_created"
    STAFF_SIGNED_IN = "staff_signed_in"
    STAFF_PASSWORD_CHANGED = "staff_password_changed"  # noqa: S105 -- what was done, not a password
    STAFF_ENABLED = "staff_enabled"
    STAFF_DISABLED = "staff_disabled"
    STAFF_SESSIONS_ENDED = "staff_sessions_ended"
    SIMULATED = "simulated"


def record(
    action: Action,
    subject: str,
    *,
    actor: Actor,
    now: datetime,
    contest_id: int | None = None,
    **detail: object,
) -> AuditEvent:
    """Append one event; `subject` names the thing ("round 2"), `detail` holds figures, no personal data."""
    with transaction() as session:
        event = AuditEvent(
            id=new_id(),
            at=now,
            actor_kind=actor.kind,
            actor_id=actor.id,
            actor_name=actor.name,
            action=action.value,
            contest_id=contest_id,
            subject=subject,
            detail=detail,
        )
        session.add(event)
    return event
