"""Every mapped table, imported once so that migrations and tests see the whole schema."""

from quiz.accounts.models import FailedLogin, Invitation, RecoveryCode, Staff, StaffSession
from quiz.analysis.models import ItemFigures, RoundAnalysis
from quiz.approvals.models import Approval
from quiz.attempts.models import (
    Accommodation,
    Announcement,
    Attempt,
    Extension,
    FormerResult,
    KeyChange,
    ListResult,
    Result,
    Ticket,
    WaitingLine,
)
from quiz.audit.models import AuditChain, AuditEvent
from quiz.awards.models import (
    AwardCheck,
    AwardRuling,
    Certificate,
    PaperFile,
    PaperHeading,
    UnitAwardCheck,
)
from quiz.bank.models import (
    Bank,
    BankQuestion,
    Picture,
    QuestionNote,
    QuestionRevision,
    QuestionUsage,
    Topic,
)
from quiz.collective.models import UnitHeadcount, UnitMerit, UnitTarget
from quiz.complaints.models import Complaint
from quiz.contests.models import Contest, ContestUnit, Notice, Round, StandingList
from quiz.documents.models import Document, Passage
from quiz.entries.models import BarredPerson, Consent, ConsentText, Entry, FailedReturn, RosterPerson
from quiz.hooks.models import Hook, HookDelivery, RoundEvent
from quiz.jobs.models import Job
from quiz.limits.models import RateWindow, SpentProof
from quiz.privacy.models import DataRequest, Disclosure
from quiz.signin.models import CodeDay, CodeRequest, EntrantAccount
from quiz.standings.prize_models import Award, AwardList, UnitAward
from quiz.units.models import Unit, UnitTree
from quiz.vetting.integrity_models import (
    Annulment,
    IntegrityCase,
    IntegrityReview,
    IntegrityVerdict,
    Objection,
)
from quiz.vetting.models import Ruling, Suspicion, VettingPass

TABLES = (
    UnitTree,
    Unit,
    Staff,
    StaffSession,
    RecoveryCode,
    Invitation,
    FailedLogin,
    AuditEvent,
    AuditChain,
    Job,
    RateWindow,
    SpentProof,
    Document,
    Passage,
    Bank,
    BankQuestion,
    QuestionRevision,
    Topic,
    Picture,
    QuestionNote,
    QuestionUsage,
    Contest,
    Round,
    StandingList,
    ContestUnit,
    Notice,
    Approval,
    Hook,
    RoundEvent,
    HookDelivery,
    UnitHeadcount,
    UnitTarget,
    UnitMerit,
    CodeRequest,
    CodeDay,
    EntrantAccount,
    Entry,
    FailedReturn,
    RosterPerson,
    BarredPerson,
    ConsentText,
    Consent,
    Attempt,
    Result,
    ListResult,
    Extension,
    Accommodation,
    Announcement,
    KeyChange,
    FormerResult,
    WaitingLine,
    Ticket,
    RoundAnalysis,
    ItemFigures,
    Complaint,
    DataRequest,
    Disclosure,
    VettingPass,
    Suspicion,
    Ruling,
    IntegrityReview,
    IntegrityCase,
    IntegrityVerdict,
    Annulment,
    Objection,
    AwardList,
    Award,
    AwardRuling,
    AwardCheck,
    UnitAward,
    UnitAwardCheck,
    Certificate,
    PaperFile,
    PaperHeading,
)
