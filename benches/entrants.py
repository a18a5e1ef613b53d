"""Invented entrants with households, and planted cheats of six kinds; always the same by seed.

Half of the people share 20 family names, the others 90. Six in ten households with several people share one
phone and mostly enter on it one after the other; some of them discuss the questions. Some are twins; two in a
hundred give 1 January because they do not know their day; some enter on a helper's phone.
Nothing here knows how pairs are weighed.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from quiz.core.names import name_key
from quiz.vetting.values import Answer, Entrant, Sheet

_COMMON = (
    "Nguyễn Trần Lê Phạm Hoàng Lò Quàng Vũ Đặng Bùi Đỗ Hồ Ngô Cầm Giàng Lường Tòng Đinh Hà Vàng"
).split()
_OTHERS = (
    "Dương Lý Phan Võ Huỳnh Trương Mai Tô Đoàn Trịnh Đào Lâm Phùng Tạ Chu Thái Cao Lương Vương "
    "Quách Thân Kiều La Tống Bạch Triệu Nông Hứa Sầm Lục Mạc Cù Khuất Doãn Bế Ma Hầu Sùng Thào "
    "Mùa Sồng Cứ Tráng Lầu Chá Vừ Hạng Lèo Cà Vì Điêu Bạc Hoàn Mè Tẩn Phàn Chảo Lù Tao Xa Đèo "
    "Lừ Hờ Phá Páo Ly Khà Ngần Sa Bàn Đặng Hảng Cháng Phừ Khổng Viên Nghiêm Ninh Lại Tăng Ông "
    "Mẫn Thiều Giáp Phí Từ Tiêu Âu"
).split()
_MIDDLE = (
    ("Văn", "Văn", "Văn", "Đức", "Minh", "Quang", "Hữu", "Xuân", "Công", "Ngọc", "Quốc", "Tiến", "A"),
    ("Thị", "Thị", "Thị", "Thị Thu", "Thị Hồng", "Thanh", "Ngọc", "Thu", "Kim", "Bích", "Thị Thanh", "Minh"),
)
_GIVEN = (
    (
        "An Bình Chung Cường Dũng Dương Đạt Đoàn Giang Hải Hiếu Hoan Hòa Hùng Hưng Khánh Khoa Long "
        "Lâm Nam Phong Phúc Quân Quang Sơn Tâm Thanh Thành Thắng Thịnh Tiến Toàn Trung Tú Tuấn Tùng "
        "Việt Vinh Xuân Dơ Chu Nhìa"
    ).split(),
    (
        "Anh Ánh Bích Chi Dung Duyên Giang Hà Hạnh Hằng Hiền Hoa Hòa Hồng Huệ Huyền Hương Lan Liên "
        "Linh Loan Ly Mai Minh My Nga Ngân Ngọc Nhung Oanh Phương Quyên Quỳnh Tâm Thảo Thu Thủy "
        "Trang Tuyết Vân Yến Súa Chía"
    ).split(),
)
_PREFIXES = "32 33 34 35 36 37 38 39 70 77 81 83 86 88 90 91 93 94 96 97 98".split()
_SIZES = (1, 2, 3, 4, 5, 6)
_HOUSEHOLDS = (45, 20, 16, 12, 5, 2)
_TODAY = date(2026, 11, 22)
_ROUND = 10 * 86_400.0
_BANK, _PAPER = 400, 20
KINDS = ("second phone", "name mistyped", "date mistyped", "digit of the phone", "same phone", "one device")
_FARM = 6  # false people for each owner of a device


@dataclass(slots=True)
class World:
    """Everybody who entered. `person` says which human stands behind an entry, `kinds` how a cheat cheats."""

    entrants: list[Entrant] = field(default_factory=list)
    person: dict[int, int] = field(default_factory=dict)
    brains: dict[int, tuple[int, ...]] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)

    def sheets(self, entry_ids: Sequence[int]) -> Mapping[int, Sheet]:
        """What these entries answered: `brains` are the heads that did, most by the first."""
        return {entry_id: _sheet(entry_id, self.brains[entry_id]) for entry_id in entry_ids}

    def add(self, one: Entrant, person: int, brains: tuple[int, ...], kind: str = "") -> Entrant:
        """Enter somebody under the next number."""
        entered = replace(one, id=len(self.entrants) + 1, name_key=name_key(one.name))
        self.entrants.append(entered)
        self.person[entered.id], self.brains[entered.id] = person, brains
        if kind:
            self.kinds[entered.id] = kind
        return entered


def world(honest: int, cheats: int, seed: int = 5) -> World:
    """So many honest entrants, and so many second entries of people who also entered honestly."""
    chance, made = random.Random(seed), World()
    while len(made.entrants) < honest:
        settle = _helped if chance.random() < 0.001 else _household
        settle(made, chance, honest - len(made.entrants))
    owners = iter(chance.sample(made.entrants, cheats))
    each = -(-cheats // len(KINDS))
    for number, kind in enumerate(KINDS[:-1]):
        for _ in range(min(each, cheats - number * each)):
            owner = next(owners)
            made.add(_CHEATS[number](owner, chance), made.person[owner.id], made.brains[owner.id], kind)
    _farms(made, chance, owners, cheats - len(made.kinds))
    return made


def _household(made: World, chance: random.Random, most: int) -> None:
    size = min(most, chance.choices(_SIZES, _HOUSEHOLDS)[0])
    family = chance.choice(_COMMON) if chance.random() < 0.5 else chance.choice(_OTHERS)
    shares = size > 1 and chance.random() < 0.6
    phone, device, network = _phone(chance), _key(chance), _network(chance)
    evening, discuss = chance.random() * _ROUND, chance.random() < 0.15
    heads: list[int] = []
    twin: Entrant | None = None
    for place in range(size):
        of_family = place != 1 or chance.random() < 0.1  # the second adult has a family name of her own
        one = _person(chance, family if of_family else chance.choice(_COMMON + _OTHERS), parent=place < 2)
        if twin is not None:
            one = replace(one, birth=twin.birth)
        with_family = shares and chance.random() < 0.85
        if with_family:
            start = evening + len(heads) * chance.uniform(600, 2400)
            one = replace(one, phone=phone, device=device, network=network, registered=start)
        else:
            start = chance.random() * _ROUND
            own = network if shares else _network(chance)
            one = replace(one, phone=_phone(chance), device=_key(chance), network=own, registered=start)
        head = len(made.entrants) + 1
        heads.append(head)
        brains = (head, heads[0]) if discuss and with_family else (head,)
        entered = made.add(replace(one, ended=start + chance.uniform(240, 900)), head, brains)
        twin = entered if place >= 2 and twin is None and chance.random() < 0.02 else None


def _helped(made: World, chance: random.Random, most: int) -> None:
    """Neighbours who enter on the phone of somebody who helps them, one evening."""
    device, network, phone = _key(chance), _network(chance), _phone(chance)
    start = chance.random() * _ROUND
    for _ in range(min(most, chance.randint(4, 10))):
        start += chance.uniform(600, 3600)
        one = _person(chance, chance.choice(_COMMON + _OTHERS), parent=chance.random() < 0.7)
        own = phone if chance.random() < 0.5 else _phone(chance)
        one = replace(one, phone=own, device=device, network=network, registered=start)
        head = len(made.entrants) + 1
        made.add(replace(one, ended=start + chance.uniform(240, 900)), head, (head,))


def _person(chance: random.Random, family: str, *, parent: bool) -> Entrant:
    woman = chance.random() < 0.52
    name = f"{family} {chance.choice(_MIDDLE[woman])} {chance.choice(_GIVEN[woman])}"
    age = min(85.0, max(24.0, chance.gauss(42, 12))) if parent else chance.uniform(12, 30)
    birth = _TODAY - timedelta(days=int(age * 365.25))
    if chance.random() < 0.02:
        birth = birth.replace(month=1, day=1)
    number = None
    if chance.random() < 0.3:
        number = (
            f"014{int(woman) + 2 * (birth.year >= 2000)}{birth.year % 100:02}{chance.randrange(10**6):06}"
        )
    return Entrant(0, name, "", birth, national_id=number)


def _phone(chance: random.Random) -> str:
    return f"{chance.choice(_PREFIXES)}{chance.randrange(10**7):07}"


def _key(chance: random.Random) -> str:
    return f"{chance.getrandbits(64):016x}"


def _network(chance: random.Random) -> str:
    """A line of one's own, or one of a few hundred addresses that telephone companies and schools share."""
    return _key(chance) if chance.random() < 0.4 else f"shared {chance.randrange(400)}"


def _again(owner: Entrant, chance: random.Random, *, device: float, network: float = 0.6) -> Entrant:
    """The owner enters once more, later, with another phone; on the same device and network by chance."""
    start = (owner.ended or 0) + chance.choice((chance.uniform(60, 1800), chance.uniform(3600, 4 * 86_400)))
    same_device = chance.random() < device
    return replace(
        owner,
        phone=_phone(chance),
        national_id=None,
        device=owner.device if same_device else _key(chance),
        network=owner.network if same_device or chance.random() < network else _network(chance),
        registered=start,
        ended=start + chance.uniform(120, 600),
    )


def _second_phone(owner: Entrant, chance: random.Random) -> Entrant:
    return _again(owner, chance, device=0.5)


def _name_mistyped(owner: Entrant, chance: random.Random) -> Entrant:
    return replace(_again(owner, chance, device=0.6), name=_mistyped(owner.name, chance))


def _date_mistyped(owner: Entrant, chance: random.Random) -> Entrant:
    return replace(_again(owner, chance, device=0.6), birth=_other_date(owner.birth, chance))


def _digit_of_phone(owner: Entrant, chance: random.Random) -> Entrant:
    again = _again(owner, chance, device=0.4)
    phone = _digit_changed(owner.phone or "", chance)
    if chance.random() < 0.5:
        return replace(again, phone=phone, birth=_other_date(owner.birth, chance))
    return replace(again, phone=phone, name=_mistyped(owner.name, chance))


def _same_phone(owner: Entrant, chance: random.Random) -> Entrant:
    again = replace(_again(owner, chance, device=0.6), phone=owner.phone)
    if chance.random() < 0.5:
        return replace(again, birth=_other_date(owner.birth, chance))
    return replace(again, name=_mistyped(owner.name, chance))


_CHEATS: tuple[Callable[[Entrant, random.Random], Entrant], ...] = (
    _second_phone,
    _name_mistyped,
    _date_mistyped,
    _digit_of_phone,
    _same_phone,
)


def _farms(made: World, chance: random.Random, owners: Iterator[Entrant], count: int) -> None:
    """False people on the owner's device, one right after the other, all answered by the owner."""
    left = count
    while left > 0:
        owner = next(owners)
        start = owner.ended or 0.0
        for _ in range(min(left, _FARM)):
            start += chance.uniform(60, 900)
            false = _person(chance, chance.choice(_COMMON + _OTHERS), parent=chance.random() < 0.7)
            phone = owner.phone if chance.random() < 0.4 else _phone(chance)
            end = start + chance.uniform(120, 500)
            one = replace(false, phone=phone, device=owner.device, network=owner.network)
            one = replace(one, registered=start, ended=end)
            made.add(one, made.person[owner.id], made.brains[owner.id], KINDS[-1])
            start = end
        left -= _FARM


def _mistyped(name: str, chance: random.Random) -> str:
    """A letter doubled, dropped or exchanged, or a middle name left out."""
    words = name.split()
    if len(words) > 2 and chance.random() < 0.3:
        return " ".join([words[0], *words[2:]])
    place = chance.choice([at for at, letter in enumerate(name) if letter != " " and at])
    match chance.randrange(3):
        case 0:
            return name[:place] + name[place] + name[place:]
        case 1 if len(name) > 8:
            return name[:place] + name[place + 1 :]
        case _:
            return name[:place] + chance.choice("aeiouyhnglt") + name[place + 1 :]


def _other_date(birth: date | None, chance: random.Random) -> date:
    """Day and month exchanged where that gives a date, or one digit of the day or the year changed."""
    assert birth is not None
    if birth.day <= 12 and birth.day != birth.month and chance.random() < 0.5:
        return birth.replace(day=birth.month, month=birth.day)
    if chance.random() < 0.5:
        return birth.replace(year=birth.year + chance.choice((-10, 10, -1, 1)), day=min(birth.day, 28))
    return birth.replace(day=birth.day % 10 + 10 * ((birth.day // 10 + 1) % 2) or 1)


def _digit_changed(phone: str, chance: random.Random) -> str:
    place = chance.randrange(2, len(phone))
    return phone[:place] + str((int(phone[place]) + chance.randrange(1, 10)) % 10) + phone[place + 1 :]


def _sheet(entry_id: int, brains: Sequence[int]) -> Sheet:
    chance = random.Random(entry_id * 7919)
    sheet: dict[int, Answer] = {}
    for question in chance.sample(range(_BANK), _PAPER):
        believes = brains[0] if len(brains) == 1 or chance.random() < 0.5 else brains[1]
        if chance.random() < 0.1:
            believes = entry_id + 10_000_000  # a slip, or a second thought
        sheet[question] = _belief(believes, question)
    return sheet


def _belief(brain: int, question: int) -> Answer:
    """What a head holds to be true: right by its ability, wrong mostly as others are wrong."""
    ability = random.Random(brain).gauss(0.9, 0.8)
    difficulty = random.Random(question * 31).gauss(0, 0.9)
    chance = random.Random(brain * 1_000_003 + question)
    if chance.random() < 1 / (1 + 2.718 ** (difficulty - ability)):
        return Answer(frozenset((0,)), True)
    return Answer(frozenset(chance.choices((1, 2, 3), (55, 30, 15))), False)
