"""Collective rankings in full sentences."""

from flask import Flask

from quiz.contests.collective_labels import board_name, collective_in_words, collective_sentences
from quiz.contests.definition import CollectiveDefinition, parse_definition
from quiz.contests.definition_collective import Band, BoardKey
from quiz.scoring.collective import Formula
from tests.support.definitions import COLLECTIVE as FULL


def test_the_board_of_a_unit(app: Flask) -> None:
    (rule,) = parse_definition(FULL).collective
    for division, headcount, key, name in (
        ("Khối sở", 49, BoardKey("Khối sở", Band(0, 50)), "Khối sở, dưới 50 người"),
        ("Khối sở", 50, BoardKey("Khối sở", Band(50, 100)), "Khối sở, từ 50 đến dưới 100 người"),
        ("", 100, BoardKey("", Band(100, None)), "chưa xếp khối, từ 100 người"),
        (None, None, BoardKey("", Band(None, None)), "chưa xếp khối, chưa có tổng số người"),
    ):
        assert rule.board_of(division, headcount) == key
        with app.test_request_context():
            assert board_name(key) == name
    with app.test_request_context():
        assert board_name(CollectiveDefinition("Giải").board_of("Khối sở", 12)) == ""


def test_the_rule_in_sentences(app: Flask) -> None:
    definition = parse_definition(FULL)
    (rule,) = definition.collective
    with app.test_request_context():
        said = collective_sentences(rule, definition.entry.categories)
        short = collective_in_words(CollectiveDefinition("Giải", Formula.PARTICIPANTS))
    assert said == [
        "Xếp theo tổng của: tỷ lệ dự thi tính thành điểm (mỗi phần trăm một điểm); "
        "điểm của các giải cá nhân (mỗi giải: Nhất 10, Nhì 8 điểm); "
        "điểm thứ hạng theo số lượt thi chia cho tổng số người của đơn vị (hạng 1 được 10, hạng 2 được 9, "
        "hạng 3 được 9, … hạng 4 được 1, sau đó không có điểm), nhân 0,5; "
        "số câu đúng trung bình của 5 người cao nhất (thiếu người tính 0).",
        "Các đơn vị được xếp: xã, phường.",
        "Người của cơ sở trực thuộc tính cho đơn vị cấp trên, không xếp cùng bảng với cấp trên.",
        "Mỗi khối có bảng riêng.",
        "Mỗi cỡ đơn vị có bảng riêng: dưới 50 người; từ 50 đến dưới 100 người; từ 100 người.",
        "Tính các vòng 1. Tính riêng từng vòng rồi lấy trung bình các vòng.",
        "Đơn vị dưới 50 người phải đạt tỷ lệ dự thi ít nhất 30%.",
        "Đơn vị phải có ít nhất 100% người thuộc đối tượng “Cán bộ, công chức” dự thi.",
        "Đơn vị phải có ít nhất 1 người đạt giải.",
        "Bằng nhau thì xét lần lượt: số người dự thi, số người đúng tất cả các câu; vẫn bằng thì cùng hạng.",
        "Số người dự thi nhiều hơn tổng số người là sai số liệu: sửa xong mới xếp hạng.",
    ]
    assert short == "Giải: xếp theo số người dự thi"
