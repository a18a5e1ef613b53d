"""The tree of topics: names, former names, what a question counts under."""

import pytest

from quiz.bank.topic_tree import Topic, TopicTree

#   Lịch sử (1, once "Sử Đảng")
#     Đại hội I–VII (2)
#       Đại hội VI (3, once "ĐH VI" and "Đại hội 6")
#     Đại hội VIII–XIV (4)
#   Văn bản (only questions name it)
STORED = (
    Topic(1, "Lịch sử", None, ("Sử Đảng",), 0),
    Topic(2, "Đại hội I–VII", 1, (), 0),
    Topic(3, "Đại hội VI", 2, ("ĐH VI", "Đại hội 6"), 0),
    Topic(4, "Đại hội VIII–XIV", 1, (), 1),
)
TREE = TopicTree(STORED, ["Văn bản", "đại hội vi", "Sử Đảng"])


def test_the_tree_in_its_order() -> None:
    assert [(branch.topic.name, branch.depth, branch.place) for branch in TREE.walk()] == [
        ("Lịch sử", 0, 0),
        ("Đại hội I–VII", 1, 0),
        ("Đại hội VI", 2, 0),
        ("Đại hội VIII–XIV", 1, 1),
        ("Văn bản", 0, 1),
    ]


@pytest.mark.parametrize(
    "name, found",
    [
        ("Lịch sử", "Lịch sử"),
        ("LỊCH  SỬ.", "Lịch sử"),
        ("Sử Đảng", "Lịch sử"),  # a former name
        ("văn bản", "Văn bản"),  # only questions name it
        ("Luật", None),
        (None, None),
    ],
)
def test_finding_a_topic(name: str | None, found: str | None) -> None:
    topic = TREE.find(name)
    assert (topic.name if topic else None) == found


@pytest.mark.parametrize(
    "name, wider",
    [
        ("Đại hội VI", ("ĐH VI", "Đại hội 6", "Đại hội I–VII", "Lịch sử", "Sử Đảng")),
        ("đại hội vi", ("ĐH VI", "Đại hội 6", "Đại hội I–VII", "Lịch sử", "Sử Đảng")),
        ("ĐH VI", ("Đại hội VI", "Đại hội 6", "Đại hội I–VII", "Lịch sử", "Sử Đảng")),
        ("Lịch sử", ("Sử Đảng",)),
        ("Văn bản", ()),
        (None, ()),
    ],
)
def test_what_a_question_counts_under(name: str | None, wider: tuple[str, ...]) -> None:
    assert TREE.wider(name) == wider


def test_a_former_name_that_is_used_anew_means_the_new_topic() -> None:
    tree = TopicTree([*STORED, Topic(5, "Sử Đảng")])
    again = tree.find("sử đảng")
    assert again is not None
    assert again.id == 5
    assert "Sử Đảng" not in tree.wider("Đại hội VI")


def test_what_is_below() -> None:
    history = TREE.find("Lịch sử")
    assert history is not None
    assert [topic.id for topic in TREE.within(history)] == [1, 2, 3, 4]


def test_a_circle_in_the_rows_does_not_hang() -> None:
    tree = TopicTree([Topic(1, "A", 2), Topic(2, "B", 1)])
    assert tree.wider("A") == ("B",)
    assert list(tree.walk()) == []
