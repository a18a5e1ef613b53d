"""Zipped packages of QTI items and Common Cartridges; members are read in memory, never unpacked to disk."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from question_bank import places, safe_xml
from question_bank.encodings import tidy
from question_bank.fingerprints import fingerprint
from question_bank.formats.gift_text import topic_of
from question_bank.formats.lines.tails import Part, tail
from question_bank.formats.picture_files import Lookup
from question_bank.formats.qti2 import About, AssessmentReader
from question_bank.formats.qti12 import ItemReader
from question_bank.formats.xml_trees import child, normalise, root_name, text_at
from question_bank.problems import problem
from question_bank.refusals import Refused
from question_bank.source import Source
from question_bank.values import Findings, Problem, Question

EXTENSIONS = ("zip", "imscc")

_MANIFEST = "imsmanifest.xml"
_XML = (".xml", ".qti", ".dat")
_HEAD = 20_000
_NOT_OURS = ("xl/", "word/", "ppt/", "META-INF/", "docProps/")


def sniff(source: Source) -> bool:
    """A zip with a manifest, or with XML that is no office document."""
    names = [name for name in source.members if not _is_junk(name)]
    if any(posixpath.basename(name).lower() == _MANIFEST for name in names):
        return True
    office = any(name.startswith(_NOT_OURS) or name == "mimetype" for name in names)
    return not office and any(name.lower().endswith(_XML) for name in names)


def read(source: Source) -> Findings:
    """The questions of all items in a package, each once."""
    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        package = _Package(archive)
        members = package.ordered()
        for done, name in enumerate(members, start=1):
            package.read(name)
            source.progress(done, len(members))
    return package.findings()


def _is_junk(name: str) -> bool:
    """Folders, and what macOS adds."""
    return name.endswith("/") or "__MACOSX/" in name or posixpath.basename(name).startswith("._")


@dataclass(slots=True)
class _Package:
    archive: zipfile.ZipFile
    new: AssessmentReader = field(default_factory=AssessmentReader)
    old: ItemReader = field(default_factory=ItemReader)
    found: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    about: dict[str, About] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    again: int = 0

    def ordered(self) -> list[str]:
        """XML members in the order of the manifest, then the others by name."""
        names = [name for name in self.archive.namelist() if not _is_junk(name)]
        listed: list[str] = []
        for manifest in (name for name in names if posixpath.basename(name).lower() == _MANIFEST):
            listed += [name for name in self._listed(manifest) if name in names]
        rest = sorted(name for name in names if name.lower().endswith(_XML))
        chosen = dict.fromkeys((*listed, *rest))
        return [name for name in chosen if posixpath.basename(name).lower() != _MANIFEST]

    def _listed(self, manifest: str) -> Iterator[str]:
        root = self._parsed(manifest)
        if root is None:
            return
        folder = posixpath.dirname(manifest)
        for resource in root.iter("resource"):
            about = _about(resource)
            for href in (resource.get("href"), *(file.get("href") for file in resource.iter("file"))):
                if href and href.lower().endswith(_XML):
                    name = posixpath.normpath(posixpath.join(folder, unquote(href)))
                    self.about.setdefault(name, about)
                    yield name

    def read(self, name: str) -> None:
        """Read the items of one member; other XML is passed over."""
        with self.archive.open(name) as file:
            head = file.read(_HEAD).decode("utf-8", "replace").lstrip("\ufeff")
        kind = root_name(head)
        if kind not in ("assessmentItem", "questestinterop"):
            return
        root = self._parsed(name)
        if root is None:
            return
        reader = self.new if kind == "assessmentItem" else self.old
        # Numbers run through the whole package.
        reader.count = max(self.new.count, self.old.count)
        before = len(reader.questions)
        if kind == "assessmentItem":
            self.new.read(root, self._lookup(name), self.about.get(name))
        else:
            self.old.read(root, self._lookup(name), _title(root))
        self._keep(reader.questions[before:], name)

    def _keep(self, questions: list[Question], name: str) -> None:
        """A cartridge stores the same quiz in several forms; a question of another file counts once."""
        for question in questions:
            first = self.seen.setdefault(fingerprint(question), name)
            if first == name:
                self.found.append(question)
            else:
                self.again += 1

    def _parsed(self, name: str) -> Element | None:
        try:
            return normalise(safe_xml.parse(self.archive.read(name)))
        except Refused as refusal:
            if refusal.problem.code == "unsafe-xml":
                raise
            self.problems.append(problem("item-unreadable", places.FILE, name=name[-80:]))
            return None

    def _lookup(self, name: str) -> Lookup:
        """Pictures beside the item, or under the folders that cartridges use."""
        folder = posixpath.dirname(name)
        names = set(self.archive.namelist())

        def lookup(src: str) -> bytes | None:
            path = unquote(src.split("?", 1)[0])
            for mark in ("$IMS-CC-FILEBASE$", "%24IMS-CC-FILEBASE%24", "%IMS-CC-FILEBASE%"):
                path = path.replace(mark, "web_resources")
            tries = (posixpath.normpath(posixpath.join(folder, path)), posixpath.normpath(path.lstrip("/")))
            found = next((candidate for candidate in tries if candidate in names), None)
            return self.archive.read(found) if found else None

        return lookup

    def findings(self) -> Findings:
        """Everything together."""
        problems = [*self.problems, *self.new.problems, *self.old.problems]
        if self.again:
            problems.append(problem("same-item-again", places.FILE, count=self.again))
        skipped = self.new.skipped + self.old.skipped
        drafts = (*self.new.drafts, *self.old.drafts)
        return Findings(tuple(self.found), tuple(problems), dict(skipped), drafts)


def _title(root: Element) -> str | None:
    """The title of a quiz is the topic of its questions, unless it only says that it is one."""
    assessment = next(root.iter("assessment"), None)
    title = tidy((assessment.get("title") or "") if assessment is not None else "")
    return None if not title or title.lower() in ("quiz", "test", "assessment", "untitled") else title


def _about(resource: Element) -> About:
    """Topic, level and source from keywords such as "Chủ đề: …" in the metadata of a resource."""
    topic = level = source = None
    for keyword in resource.iter("keyword"):
        found = tail(tidy("".join(keyword.itertext())))
        if found and found.part is Part.TOPIC:
            topic = found.rest
        elif found and found.part is Part.LEVEL:
            level = found.rest
        elif found and found.part is Part.SOURCE:
            source = found.rest
    general = child(resource, "metadata", "lom", "classification", "taxonPath", "taxon", "entry")
    if topic is None and general is not None:
        topic = topic_of(text_at(general))
    return About(topic, level, source)
