"""Writing to the audit log, always inside the transaction of the act itself."""

import json
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from quiz.audit.actors import ENTRANT, Actor
from quiz.audit.chain import BEGINNING, chain_of, next_link
from quiz.audit.models import AuditChain, AuditEvent
from quiz.core.database import before_commit, transaction
from quiz.core.ids import new_id

_BEGIN = text(
    "INSERT INTO audit_chains (chain, length, hash) VALUES (:chain, 0, :hash) ON CONFLICT (chain) DO NOTHING"
)


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
    CONTEST_CLONED = "contest_cloned"
    CONTEST_EDITED = "contest_edited"
    UNITS_SNAPSHOT = "units_snapshot"
    ROUND_OPENED = "round_opened"
    ROUND_PAUSED = "round_paused"
    ROUND_RESUMED = "round_resumed"
    ROUND_CLOSED = "round_closed"
    ROUND_FROZEN = "round_frozen"
    ROUND_PUBLISHED = "round_published"
    NUMBER_COUNTED_AGAIN = "number_counted_again"
    CONTACT_PROVED = "contact_proved"
    ACCOUNT_OPENED = "account_opened"
    ACCOUNT_PASSWORD_SET = "account_password_set"  # noqa: S105 -- what was done, not a password
    ACCOUNT_SIGNED_IN = "account_signed_in"
    ACCOUNT_SIGNED_OUT = "account_signed_out"
    ACCOUNT_CLOSED = "account_closed"
    CODE_NOT_SENT = "code_not_sent"
    CODES_NEARLY_SPENT = "codes_nearly_spent"
    CODES_SPENT = "codes_spent"
    UNIT_FACTS_SAVED = "unit_facts_saved"
    HEADCOUNT_PROPOSED = "headcount_proposed"
    HEADCOUNT_DECIDED = "headcount_decided"
    ROSTER_SAVED = "roster_saved"
    BARRED_ADDED = "barred_added"
    BARRED_REMOVED = "barred_removed"
    ENTRANT_RETURNED = "entrant_returned"
    UNIT_CHANGED = "unit_changed"
    UNIT_CHANGE_ASKED = "unit_change_asked"
    UNIT_CHANGE_REFUSED = "unit_change_refused"
    NUMBER_SETTLED = "number_settled"
    NUMBER_REOPENED = "number_reopened"
    AWARDS_LISTED = "awards_listed"
    AWARD_REFUSED = "award_refused"
    AWARD_RESTORED = "award_restored"
    AWARD_TIE_DECIDED = "award_tie_decided"
    AWARD_CHECKED = "award_checked"
    CERTIFICATES_ISSUED = "certificates_issued"
    CERTIFICATE_WITHDRAWN = "certificate_withdrawn"
    PAPER_HEADING_CHANGED = "paper_heading_changed"
    TIME_ADDED = "time_added"
    ATTEMPT_GIVEN_BACK = "attempt_given_back"
    KEY_CORRECTED = "key_corrected"
    APPROVAL_ASKED = "approval_asked"
    APPROVAL_GIVEN = "approval_given"
    APPROVAL_DECLINED = "approval_declined"
    APPROVAL_WITHDRAWN = "approval_withdrawn"
    APPROVAL_LAPSED = "approval_lapsed"
    TWO_PERSONS_ON = "two_persons_on"
    TWO_PERSONS_OFF = "two_persons_off"
    COMPLAINT_MADE = "complaint_made"
    COMPLAINT_ANSWERED = "complaint_answered"
    CASE_SET_ASIDE = "case_set_aside"
    ATTEMPTS_ANNULLED = "attempts_annulled"
    ANNULMENT_TAKEN_BACK = "annulment_taken_back"
    ANNULMENT_OBJECTED = "annulment_objected"
    OBJECTION_ANSWERED = "objection_answered"
    NEED_NOTED = "need_noted"
    SUSPICION_DISMISSED = "suspicion_dismissed"
    ENTRY_MERGED = "entry_merged"
    ENTRY_DISQUALIFIED = "entry_disqualified"
    RULING_UNDONE = "ruling_undone"
    RULING_APPEALED = "ruling_appealed"
    APPEAL_ANSWERED = "appeal_answered"
    ANNOUNCED = "announced"
    NOTICE_POSTED = "notice_posted"
    NOTICE_CHANGED = "notice_changed"
    NOTICE_ENDED = "notice_ended"
    ANNOUNCEMENT_ENDED = "announcement_ended"
    CONSENT_RENEWED = "consent_renewed"
    DATA_REQUESTED = "data_requested"
    DATA_REQUEST_DECIDED = "data_request_decided"
    DATA_REQUEST_TAKEN_BACK = "data_request_taken_back"
    PUBLICATION_WITHDRAWN = "publication_withdrawn"
    PERSON_ERASED = "person_erased"
    DATA_CORRECTED = "data_corrected"
    DATA_SHOWN = "data_shown"
    DATA_EXPORTED = "data_exported"
    DATA_PURGED = "data_purged"
    KEYS_ROTATED = "keys_rotated"
    BACKUP_MADE = "backup_made"
    BACKUP_RESTORED = "backup_restored"
    STAFF_CREATED = "staff_created"
    STAFF_SIGNED_IN = "staff_signed_in"
    STAFF_PASSWORD_CHANGED = "staff_password_changed"  # noqa: S105 -- what was done, not a password
    STAFF_ENABLED = "staff_enabled"
    STAFF_DISABLED = "staff_disabled"
    STAFF_SESSIONS_ENDED = "staff_sessions_ended"
    STAFF_INVITED = "staff_invited"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    STAFF_ROLE_CHANGED = "staff_role_changed"
    SECOND_STEP_SET = "second_step_set"
    SECOND_STEP_DROPPED = "second_step_dropped"
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed"
    RECOVERY_CODE_USED = "recovery_code_used"
    HOOK_ADDED = "hook_added"
    HOOK_CHANGED = "hook_changed"
    HOOK_SECRET_CHANGED = "hook_secret_changed"  # noqa: S105 -- what was done, not a secret
    HOOK_SWITCHED_ON = "hook_switched_on"
    HOOK_SWITCHED_OFF = "hook_switched_off"
    HOOK_REMOVED = "hook_removed"
    SIMULATED = "simulated"


def record(
    action: Action,
    subject: str,
    *,
    actor: Actor,
    now: datetime,
    contest_id: int | None = None,
    **detail: object,
) -> None:
    """Append one event; `subject` names the thing ("round 2"), `detail` holds figures, no personal data.

    It is saved with the act itself, as the last thing of its transaction: only then is the end of the chain
    locked, so that a long act keeps nobody waiting.
    """
    event: dict[str, Any] = {
        "id": new_id(),
        "at": now,
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "action": action.value,
        "contest_id": contest_id,
        "subject": subject,
        "detail": json.loads(json.dumps(detail)),  # as it will be read: lists for tuples, names as text
    }
    with transaction() as session:
        before_commit(session, _append, event)


def _append(session: Session, events: list[dict[str, Any]]) -> None:
    """Save the events of this transaction, each as the next link of its chain."""
    chains: dict[int, list[dict[str, Any]]] = {}
    for event in events:
        chains.setdefault(chain_of(event["contest_id"]), []).append(event)
    for number, ones in sorted(
        chains.items()
    ):  # always in this order: no two transactions wait for each other
        linked = [event for event in ones if event["actor_kind"] != ENTRANT]
        session.add_all(AuditEvent(**event, chain=number) for event in ones if event["actor_kind"] == ENTRANT)
        if not linked:
            continue
        end = _locked_end(session, number)
        for event in linked:
            link = next_link(number, end.length, end.hash, event)
            session.add(AuditEvent(**event, **asdict(link)))
            end.length, end.hash = link.sequence, link.hash
    session.flush()


def _locked_end(session: Session, number: int) -> AuditChain:
    session.execute(_BEGIN, {"chain": number, "hash": BEGINNING})
    return session.scalars(
        select(AuditChain)
        .where(AuditChain.chain == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
