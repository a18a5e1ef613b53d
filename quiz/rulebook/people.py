"""Articles about who holds the contest, who takes part, how to enter, and what happens to people's data."""

from collections.abc import Iterator, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from quiz.contests import labels
from quiz.contests.definition import ContestSettings, EntryPolicy, Way
from quiz.contests.definition_entry import CHILD_BELOW, FORM_FIELDS
from quiz.rulebook.articles import Part, paragraphs
from quiz.web.filters import day

_FIELDS = {
    "name": _l("họ và tên"),
    "birth_date": _l("ngày sinh"),
    "gender": _l("giới tính"),
    "phone": _l("số điện thoại"),
    "email": _l("thư điện tử"),
    "national_id": _l("số căn cước"),
    "unit": _l("đơn vị"),
    "workplace": _l("nơi làm việc, học tập"),
    "address": _l("địa chỉ"),
    "category": _l("đối tượng dự thi"),
}


def organisers(settings: ContestSettings) -> Part:
    """Who holds the contest, on which decision, and the organisers' introduction."""
    clauses = []
    if settings.organiser:
        clauses.append(
            _("%(title)s do %(organiser)s tổ chức.", title=settings.title, organiser=settings.organiser)
        )
    if settings.decision:
        clauses.append(
            _(
                "Cuộc thi được tổ chức theo %(number)s ngày %(day)s.",
                number=settings.decision.number,
                day=day(settings.decision.date),
            )
        )
    return Part(clauses=(*clauses, *paragraphs(settings.about)))


def entrants(settings: ContestSettings, entry: EntryPolicy, unit_names: Mapping[str, str]) -> Part:
    """Who may take part and who may not. `unit_names` by code, for the units that alone are admitted."""
    return Part(clauses=tuple(_entrants(settings, entry, unit_names)))


def _entrants(settings: ContestSettings, entry: EntryPolicy, unit_names: Mapping[str, str]) -> Iterator[str]:
    if settings.audience:
        yield _sentence(settings.audience)
    yield from _ages(entry)
    if entry.units:
        units = "; ".join(unit_names.get(code, code) for code in entry.units)
        yield _("Chỉ dành cho người thuộc: %(units)s.", units=units)
    if entry.uses_roster:
        yield _("Chỉ người có tên trong danh sách do Ban Tổ chức lập mới dự thi được.")
    if entry.categories:
        names = "; ".join(category.name for category in entry.categories)
        yield _("Các đối tượng dự thi: %(names)s.", names=names)
    if settings.barred:
        yield _("Không được dự thi: %(who)s", who=_sentence(settings.barred))
    yield _("Người tổ chức, người ra đề và người phục vụ cuộc thi không dự thi.")


def _ages(entry: EntryPolicy) -> Iterator[str]:
    lowest, highest = entry.lowest_age, entry.max_age
    on = _("tính đến ngày %(day)s", day=day(entry.age_on)) if entry.age_on else _("tính đến ngày đăng ký")
    if lowest and highest:
        yield _("Người dự thi từ %(low)s đến %(high)s tuổi, %(on)s.", low=lowest, high=highest, on=on)
    elif lowest:
        yield _("Người dự thi từ %(lowest)s tuổi trở lên, %(on)s.", lowest=lowest, on=on)
    elif highest:
        yield _("Người dự thi từ %(highest)s tuổi trở xuống, %(on)s.", highest=highest, on=on)
    if entry.allow_under_16 and (lowest or 0) < CHILD_BELOW:
        yield _(
            "Người dưới %(age)s tuổi dự thi khi có cha, mẹ hoặc người giám hộ đồng ý lúc đăng ký.",
            age=CHILD_BELOW,
        )


def entering(entry: EntryPolicy) -> Part:
    """What is asked for, what makes one person one person, the ways in."""
    return Part(clauses=tuple(_entering(entry)))


def _entering(entry: EntryPolicy) -> Iterator[str]:
    required = [str(_FIELDS[name]) for name in FORM_FIELDS if entry.requires(name)]
    optional = [str(_FIELDS[name]) for name in FORM_FIELDS if entry.asks(name) and not entry.requires(name)]
    if required:
        yield _("Khi đăng ký phải khai: %(fields)s.", fields=", ".join(required))
    if optional:
        yield _("Khai thêm nếu muốn: %(fields)s.", fields=", ".join(optional))
    yield str(labels.UNIQUENESS[entry.unique])
    if entry.ways != (Way.FORM,):
        ways = "; ".join(str(labels.WAYS_IN[way]) for way in entry.ways)
        yield _("Vào dự thi bằng: %(ways)s.", ways=ways)
    if entry.asks("unit"):
        yield _(
            "Đơn vị đã chọn giữ nguyên từ lượt thi đầu tiên; muốn đổi thì gửi yêu cầu, Ban Tổ chức duyệt "
            "mới có hiệu lực."
        )
    yield _("Đăng ký và dự thi không mất phí. Ban Tổ chức không hỏi mật khẩu, mã OTP hay ảnh giấy tờ.")


def personal_data(entry: EntryPolicy) -> Part:
    """What is shown of people, how long it is kept, which rights they have."""
    return Part(
        clauses=(
            _(
                "Trang công khai chỉ hiện họ và đệm, chữ cái đầu của tên, 3 số cuối điện thoại, đơn vị, điểm "
                "và thời gian. Họ tên đầy đủ chỉ hiện với người đạt giải đã đồng ý."
            ),
            _(
                "Mỗi người xem, sửa, tải về, xóa dữ liệu hoặc rút lại đồng ý ở mục Dữ liệu của tôi. "
                "Dữ liệu cá nhân tự xóa sau %(months)s tháng kể từ khi công bố kết quả.",
                months=entry.retention_months,
            ),
        )
    )


def violations(least_seconds: str, good_share: str) -> Part:
    """What is looked at before results, and that nothing decides by itself."""
    return Part(
        clauses=(
            _(
                "Kết quả không được công nhận khi dùng thông tin của người khác, nhờ thi hộ hoặc thi hộ, "
                "đăng ký nhiều lần cho một người, hoặc khai sai thông tin."
            ),
            _(
                "Trước khi công bố, Ban Tổ chức xem lại những bài đúng từ %(share)s số câu mà làm dưới "
                "%(seconds)s giây mỗi câu, và những bài giống nhau bất thường. Xem lại không phải là kết "
                "luận: người dự thi được hỏi trước, được trình bày, và bài chỉ bị hủy khi có lý do ghi lại.",
                share=good_share,
                seconds=least_seconds,
            ),
            _("Không ai bị loại tự động. Người bị loại được báo lý do và được khiếu nại."),
        )
    )


def _sentence(text: str) -> str:
    """The organisers' words with a capital at the beginning and a full stop at the end."""
    text = text.strip()
    ended = text if text.endswith((".", "!", "?", "…")) else f"{text}."
    return ended[:1].upper() + ended[1:]
