"""Kinds of long work, and what housekeeping looks after besides."""

from collections.abc import Mapping

from flask import url_for
from flask_babel import lazy_gettext as _l

from quiz.accounts.permissions import Permission
from quiz.analysis import service as round_analysis
from quiz.awards import made_papers, printing, report_views
from quiz.bank.import_jobs import IMPORT, page_of, run_import
from quiz.hooks import delivering, noticing
from quiz.hooks.delivery_job import run_sending
from quiz.jobs.handlers import Chore, Handler
from quiz.privacy.purging import purge_in_passing
from quiz.signin.accounts import forget_unused
from quiz.signin.service import forget_old
from quiz.standings import regrade_job
from quiz.vetting import comparing, integrity_service
from quiz.vetting.vetting_jobs import run_comparison

# Kind of job -> what does it. A kind stays for as long as jobs of it may wait in somebody's database.
JOBS: Mapping[str, Handler] = {
    IMPORT: Handler(
        run_import,
        _l("Nhập câu hỏi"),
        Permission.EDIT_BANKS,
        is_repeatable=True,
        steps={"reading": _l("Đang đọc tệp."), "saving": _l("Đang so sánh và lưu câu hỏi.")},
        address=page_of,
    ),
    round_analysis.KIND: Handler(
        round_analysis.run_round,
        _l("Tính thống kê câu hỏi"),
        Permission.SEE_CONTESTS,
        is_repeatable=True,
        steps={
            "counting": _l("Đang đếm các bài đã nộp."),
            "computing": _l("Đang tính độ khó và độ phân biệt."),
        },
        address=lambda params: url_for("analysis.items", slug=params["slug"], number=params["number"]),
    ),
    integrity_service.KIND: Handler(
        integrity_service.run_review,
        _l("Xem xét bài thi"),
        Permission.SEE_CONTESTS,
        is_repeatable=True,
        steps={
            "reading": _l("Đang đọc các bài đã nộp."),
            "comparing": _l("Đang so từng cặp bài."),
            "ranking": _l("Đang tính thứ hạng nếu hủy."),
        },
        address=lambda params: url_for("integrity.cases", slug=params["slug"], number=params["number"]),
    ),
    comparing.KIND: Handler(
        run_comparison,
        _l("So các đăng ký để tìm người trùng"),
        Permission.SEE_CONTESTS,
        is_repeatable=True,
        steps={"reading": _l("Đang đọc các đăng ký."), "comparing": _l("Đang so từng cặp có điểm chung.")},
        address=lambda params: url_for("vetting.suspicions", slug=params["slug"]),
    ),
    noticing.KIND: Handler(
        run_sending, _l("Gửi tin cho trang khác"), Permission.EDIT_CONTESTS, is_repeatable=True
    ),
    printing.KIND: report_views.CERTIFICATES_JOB,
    made_papers.KIND: report_views.PAPERS_JOB,
    regrade_job.KIND: Handler(
        regrade_job.run_regrade,
        _l("Sửa đáp án và tính lại kết quả"),
        Permission.PUBLISH,
        steps={"counting": _l("Đang tìm các bài có câu này.")},
        address=lambda params: url_for(
            "organiser.key_page",
            slug=params["slug"],
            number=params["number"],
            revision_id=params["revision_id"],
        ),
    ),
}
# What housekeeping does besides: called with now=, they ask for jobs or do a little themselves.
CHORES: tuple[Chore, ...] = (
    round_analysis.request_due,
    integrity_service.request_due,
    comparing.request_due,
    purge_in_passing,
    forget_old,
    forget_unused,
    printing.forget_files,
    delivering.request_due,
)
