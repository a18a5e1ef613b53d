"""Pictures are known by their bytes, kept without what tells of people, and refused with a way out."""

import random
from dataclasses import replace

import pytest

from question_bank.pictures import MAX_PICTURES, PictureRefused, called_after_letter, check, prepare
from question_bank.values import Image, Severity
from tests.support import pictures as made
from tests.support.questions import make_question


@pytest.mark.parametrize(
    "data, media_type, extension",
    [
        (made.png(), "image/png", "png"),
        (made.JPEG, "image/jpeg", "jpg"),
        (made.GIF, "image/gif", "gif"),
        (made.WEBP, "image/webp", "webp"),
    ],
)
def test_four_kinds_are_known_by_their_bytes(data: bytes, media_type: str, extension: str) -> None:
    facts = check(data)
    assert (facts.media_type, facts.extension) == (media_type, extension)
    assert (facts.width, facts.height) == (6, 4)
    assert facts.data == data  # nothing tells of anybody: nothing changes
    assert len(facts.digest) == 64


@pytest.mark.parametrize(
    "data, plain",
    [
        (made.telling_png(), made.png()),
        (made.telling_jpeg(), made.JPEG),
        (made.telling_gif(), made.GIF),
    ],
)
def test_what_tells_of_people_is_left_out(data: bytes, plain: bytes) -> None:
    assert made.SECRET in data
    assert check(data).data == plain


def test_a_webp_loses_exif_and_says_so() -> None:
    facts = check(made.telling_webp())
    assert made.SECRET not in facts.data
    assert (facts.width, facts.height, facts.data[20]) == (6, 4, 0)
    assert check(facts.data) == facts


@pytest.mark.parametrize("held, size", [(1, (6, 4)), (3, (6, 4)), (6, (4, 6)), (8, (4, 6)), (9, (6, 4))])
def test_a_photo_stays_upright(held: int, size: tuple[int, int]) -> None:
    facts = check(made.telling_jpeg(held))
    assert (facts.width, facts.height) == size
    assert made.SECRET not in facts.data
    assert (b"Exif" in facts.data) == (held in (3, 6, 8))
    assert check(facts.data) == facts


@pytest.mark.parametrize(
    "data, code, word",
    [
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "picture-kind", "SVG"),
        (b"BM\x46\x00\x00\x00", "picture-kind", "BMP"),
        (b"\x01\x00\x00\x00\x6c\x00", "picture-kind", "EMF"),
        (b"\xd7\xcd\xc6\x9a\x00", "picture-kind", "WMF"),
        (b"\0\0\0\x18ftypheic", "picture-kind", "HEIC"),
        (b"hello", "picture-kind", "không rõ"),
        (b"", "picture-kind", "không rõ"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "picture-kind", "không rõ"),
        (made.png(4001, 3), "picture-large", "4001"),
        (made.png(3, 4001), "picture-large", "4001"),
        (made.png() + bytes(2 * 1024 * 1024), "picture-heavy", "2"),
        (made.MOVING_GIF, "picture-moves", ""),
        (made.moving_png(), "picture-moves", ""),
        (made.moving_webp(), "picture-moves", ""),
        (made.png(0, 4), "picture-damaged", ""),
    ],
)
def test_what_is_refused(data: bytes, code: str, word: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        check(data)
    assert refused.value.code == code
    assert word in " ".join(map(str, refused.value.values.values()))


@pytest.mark.parametrize("whole", [made.png(), made.JPEG, made.GIF, made.WEBP, made.telling_jpeg(6)])
def test_half_a_picture_is_damaged(whole: bytes) -> None:
    # The comment behind the end of a picture is no part of it.
    size = len(check(whole).data) if made.SECRET not in whole else len(whole) - len(made.JPEG) - 30
    for length in range(12, size):
        with pytest.raises(PictureRefused, match="picture-damaged"):
            check(whole[:length])


def test_whatever_comes_is_kept_or_refused() -> None:
    chance = random.Random(7)
    wholes = [made.telling_png(), made.telling_jpeg(6), made.telling_gif(), made.telling_webp()]
    for _ in range(4000):
        data = bytearray(chance.choice(wholes))
        for _place in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            facts = check(bytes(data))
        except PictureRefused:
            continue
        assert 0 < facts.width <= 4000
        assert check(facts.data).data == facts.data


def _image(data: bytes | None = None, **more: object) -> Image:
    return Image("a.png", "image/png", made.png() if data is None else data, **({"alt": "một hình"} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "images, found",
    [
        ((_image(),), []),
        ((_image(alt=" "),), [("picture-no-alt", Severity.WARNING)]),
        ((_image(b"<svg/>"),), [("picture-kind", Severity.ERROR)]),
        ((_image(),) * (MAX_PICTURES + 1), [("pictures-many", Severity.ERROR)]),
        ((_image(b"", digest="0" * 64, alt=""),), []),
    ],
)
def test_what_stands_against_the_pictures_of_a_question(
    images: tuple[Image, ...], found: list[tuple[str, Severity]]
) -> None:
    question = make_question(number="7", images=images)
    _prepared, problems = prepare(question)
    assert [(one.code, one.severity) for one in problems] == found
    assert all("Câu 7" in one.message and one.mend and one.place == question.place for one in problems)


def test_a_heavy_picture_is_a_warning() -> None:
    chance = random.Random(1)
    noise = made.png_chunk(b"IDAT", chance.randbytes(160 * 1024))
    data = made.png()[:33] + noise + made.png()[33:]
    _prepared, problems = prepare(make_question(images=(_image(data),)))
    assert [(one.code, one.severity) for one in problems] == [("picture-slow", Severity.WARNING)]
    assert "160 KB" in problems[0].message


def test_pictures_are_prepared_as_they_are_kept() -> None:
    wrongly_called = Image("dap-an.png", "image/png", made.telling_jpeg(), "một ngôi nhà", 2)
    prepared, _problems = prepare(make_question(images=(wrongly_called,)))
    assert prepared.images == (replace(wrongly_called, media_type="image/jpeg", data=made.JPEG),)
    assert prepare(prepared) == (prepared, ())


def test_the_name_of_a_choice_that_is_only_a_picture() -> None:
    assert called_after_letter("Hình B", 1)
    assert not called_after_letter("Hình B", 0)
    assert not called_after_letter("Hình", 0)
