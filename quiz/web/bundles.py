"""One file out of several: a style sheet with its @imports, a script with its modules.

A phone on a slow network should not fetch ten files, nor learn of the next one only when it has read the
last. The sources stay plain CSS and ES modules that a browser can also load as they are.
"""

import re
from pathlib import Path

from quiz.web.framework import framework_part

_STYLE_IMPORT = re.compile(r'^@import "([^"]+\.css)";\n?', re.MULTILINE)
_FRAMEWORK_IMPORT = re.compile(r'^@import "(bootstrap[a-z/]*)";\n?', re.MULTILINE)
_STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STYLE_SPACE = re.compile(r"\s*([{};])\s*")
_STYLE_COLON = re.compile(r"(?<=[{;])([\w-]+): ")
_SCRIPT_IMPORT = re.compile(r'^import \{([^}]+)\} from "(\./[^"]+|\.\./[^"]+)";\n', re.MULTILINE)
_SCRIPT_EXPORT = re.compile(r"^export ((?:async )?function|class|const) (\w+)", re.MULTILINE)
_SCRIPT_COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_SCRIPT_INDENT = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)
_FOREIGN = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class BundleProblem(Exception):
    """A source uses a form of import or export that is not bundled; the message names file and line."""


def bundle_style(path: Path) -> str:
    """The sheet with every @import in its place, each file once, without comments and needless space.

    Parts of the framework stand in front of everything, whichever file asked for them.
    """
    text = _STYLE_COMMENT.sub("", _style_with_imports(path, set()))
    parts = dict.fromkeys(_FRAMEWORK_IMPORT.findall(text))
    text = _FRAMEWORK_IMPORT.sub("", text)
    framework = "".join(framework_part(name, text) for name in parts)
    text = _STYLE_COLON.sub(r"\1:", _STYLE_SPACE.sub(r"\1", text))
    return framework + text.replace(";}", "}").strip() + "\n"


def bundle_script(path: Path) -> str:
    """The module and all it imports as one module: each in a function of its own, in the order of need."""
    parts: dict[Path, str] = {}
    _add_module(path.resolve(), parts)
    return "\n".join(parts.values()) + "\n"


def _style_with_imports(path: Path, seen: set[Path]) -> str:
    path = path.resolve()
    if path in seen:
        return ""
    seen.add(path)
    text = path.read_text(encoding="utf-8")
    return _STYLE_IMPORT.sub(lambda match: _style_with_imports(path.parent / match.group(1), seen), text)


def _add_module(path: Path, parts: dict[Path, str]) -> None:
    if path in parts:
        return
    text = path.read_text(encoding="utf-8")
    heads = []
    for names, source in _SCRIPT_IMPORT.findall(text):
        needed = (path.parent / source).resolve()
        _add_module(needed, parts)
        heads.append(f"const {{ {_names(names)} }} = {_variable(needed, parts)};")
    body = _SCRIPT_IMPORT.sub("", text)
    exported = [name for _kind, name in _SCRIPT_EXPORT.findall(body)]
    body = _SCRIPT_EXPORT.sub(r"\1 \2", body)
    if foreign := _FOREIGN.search(body):
        raise BundleProblem(
            f"{path.name}: {foreign.group()!r} is no form of import or export that is bundled"
        )
    body = _SCRIPT_INDENT.sub("", _SCRIPT_COMMENT.sub("", body)).strip()
    parts[path] = "\n".join(
        [f"const $m{len(parts)} = (() => {{", *heads, body, f"return {{ {', '.join(exported)} }};", "})();"]
    )


def _variable(path: Path, parts: dict[Path, str]) -> str:
    return f"$m{list(parts).index(path)}"


def _names(text: str) -> str:
    return ", ".join(name.strip() for name in text.split(",") if name.strip())
