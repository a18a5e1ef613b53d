"""Documents for tests."""

from dataclasses import replace

from quiz.audit.actors import Actor
from quiz.contests.definition import Study
from quiz.contests.queries import get_contest
from quiz.core.database import transaction
from quiz.documents.service import Loading, Particulars, load_document
from tests.support.factories import NOW

TEXT = """LỊCH SỬ CÁC KỲ ĐẠI HỘI

I. Đại hội lần thứ nhất
Đại hội họp tại Ma Cao vào cuối tháng 3 năm 1935, có 13 đại biểu.

II. Đại hội lần thứ hai
Đại hội họp tại Tuyên Quang vào tháng 2 năm 1951, đưa Đảng ra hoạt động công khai.

III. Đại hội lần thứ ba
Đại hội họp tại Hà Nội vào tháng 9 năm 1960.
"""


def make_document(slug: str = "lich-su", text: str = TEXT, **particulars: str) -> Loading:
    """A document of three passages, loaded through the service."""
    return load_document(
        text.encode(), "van-ban.txt", slug, Particulars(**particulars), actor=Actor.system("test"), now=NOW
    )


def give_documents(slug: str, *documents: str, study: Study = Study.ALWAYS) -> None:
    """Let the entrants of a contest read these documents."""
    with transaction():
        contest = get_contest(slug)
        contest.settings_data = replace(contest.settings, documents=documents, study=study).as_dict()
