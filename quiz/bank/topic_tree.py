"""The topics of a bank as a tree. Pure.

Questions name their topics. A name that no stored topic has stands at the top level by itself; a former name
still means the topic that had it, unless another topic is called so now.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from question_bank.folding import loose_key
from quiz.core.names import title_key


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic; `id` is None for one that only questions name."""

    id: int | None
    name: str
    parent_id: int | None = None
    former_names: tuple[str, ...] = ()
    position: int = 0

    @property
    def key(self) -> str:
        """The name as names are compared."""
        return loose_key(self.name)


@dataclass(frozen=True, slots=True)
class Branch:
    """A topic where it stands in the tree: `depth` from 0, `place` among its `siblings` from 0."""

    topic: Topic
    depth: int
    place: int
    siblings: int
    has_below: bool


class TopicTree:
    """Stored topics, and those that the questions of the bank name besides."""

    def __init__(self, stored: Iterable[Topic], named: Iterable[str] = ()) -> None:
        topics = list(stored)
        self._by_id = {topic.id: topic for topic in topics}
        self._by_key = {topic.key: topic for topic in topics}
        former: dict[str, Topic] = {}
        for topic in topics:
            for name in topic.former_names:
                former.setdefault(loose_key(name), topic)
        for name in named:
            key = loose_key(name)
            if key not in self._by_key and key not in former:
                self._by_key[key] = Topic(None, name, position=len(topics) + len(self._by_key))
        self._former = {key: topic for key, topic in former.items() if key not in self._by_key}
        self._below: dict[int | None, list[Topic]] = {}
        for topic in self._by_key.values():
            parent = topic.parent_id if topic.parent_id in self._by_id else None
            self._below.setdefault(parent, []).append(topic)
        for children in self._below.values():
            children.sort(key=lambda topic: (topic.id is None, topic.position, title_key(topic.name)))

    def find(self, name: str | None) -> Topic | None:
        """The topic with this name, or which was called so; None where there is none."""
        if name is None:
            return None
        key = loose_key(name)
        return self._by_key.get(key) or self._former.get(key)

    def above(self, topic: Topic) -> list[Topic]:
        """The topics above a topic, the nearest first."""
        found: list[Topic] = []
        parent = self._by_id.get(topic.parent_id) if topic.parent_id is not None else None
        while parent is not None and parent not in found:
            found.append(parent)
            parent = self._by_id.get(parent.parent_id) if parent.parent_id is not None else None
        return found

    def below(self, topic: Topic | None) -> list[Topic]:
        """The topics right below a topic, or those at the top, in their order."""
        if topic is None:
            return self._below.get(None, [])
        return [] if topic.id is None else self._below.get(topic.id, [])

    def within(self, topic: Topic) -> list[Topic]:
        """The topic and everything below it, in depth-first order."""
        return [topic, *(one for child in self.below(topic) for one in self.within(child))]

    def wider(self, name: str | None) -> tuple[str, ...]:
        """The further names under which a question of this topic is drawn.

        Those are the names of the topics above, and what they and the topic itself were called before.
        """
        topic = self.find(name)
        if topic is None or name is None:
            return ()
        names: dict[str, str] = {}
        for one in (topic, *self.above(topic)):
            names.setdefault(one.key, one.name)
            for former in one.former_names:
                if loose_key(former) in self._former:
                    names.setdefault(loose_key(former), former)
        names.pop(loose_key(name), None)
        return tuple(names.values())

    def walk(self) -> Iterator[Branch]:
        """All topics in depth-first order."""
        yield from self._walk(None, 0)

    def _walk(self, parent: Topic | None, depth: int) -> Iterator[Branch]:
        children = self.below(parent)
        for place, topic in enumerate(children):
            yield Branch(topic, depth, place, len(children), bool(self.below(topic)))
            yield from self._walk(topic, depth + 1)
