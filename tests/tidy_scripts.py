"""What is untidy in a script of a page: pure checks, each from a text to findings.

No parser of JavaScript is among our tools, and none is needed for this: our scripts are written in
one layout, in which whatever opens a line at some depth is closed by a brace at the same depth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath

from tidy import Length, banned_name

# What opens a function, at the depth of its line: a declaration, a method, or an arrow with a name.
FUNCTION = re.compile(
    r"^(?P<depth> *)(?:"
    r"(?:export )?(?:async )?function\*? (?P<declared>\w+)"
    r"|(?:static |async |get |set )*(?P<method>#?[A-Za-z]\w*)\([^;]*\) \{$"
    r"|(?:export )?(?:const|let) (?P<arrow>\w+) = (?:async )?\(?[^;]*(?:=> \{|\($|\[$)$"
    r")"
)
NO_METHOD = frozenset("if for while switch catch function".split())

# What gives a name: a declaration, one that takes a value apart, a parameter, a class's field.
DECLARED = re.compile(r"\b(?:function\*?|class|const|let|var) (#?\w+)")
TAKEN_APART = re.compile(r"\b(?:const|let|var) ([\[{][^=;]*[\]}]) =")
PARAMETERS = re.compile(r"(?:\bfunction\*? \w+|^ +(?:async )?#?\w+)\(([^)]*)\)|\(([^()]*)\) =>")
FIELD = re.compile(r"^ +(#\w+)(?= =|;)", re.MULTILINE)
ARROW = re.compile(r"\b(\w+) =>")
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|`(?:[^`\\]|\\.)*`')

IMPORTED = re.compile(r'^(?:import|export) (?:[\w*{}\s,]+? from )?"([^"]+)";', re.MULTILINE)
IMPORTED_LATER = re.compile(r"\bimport\(([^)]*)\)")
EXPORTED = re.compile(r"^export (?:async )?(?:function\*?|class|const|let) (\w+)", re.MULTILINE)


def script_functions(text: str) -> Iterator[Length]:
    """Measure every function and method that takes more than its own line."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        found = FUNCTION.match(line)
        if found is None or found["method"] in NO_METHOD:
            continue
        end = re.compile(rf"{found['depth']}[}})\]]")
        last = next((n for n in range(at + 1, len(lines)) if end.match(lines[n])), None)
        if last is not None:
            name = found["declared"] or found["method"] or found["arrow"]
            yield Length(name, at + 1, last - at + 1)


def given_names(text: str) -> Iterator[str]:
    """List what a script gives a name to, as far as its layout tells."""
    code = TEXT.sub('""', COMMENT.sub("", text))
    for pattern in (DECLARED, FIELD, ARROW):
        yield from pattern.findall(code)
    for inner in TAKEN_APART.findall(code):
        yield from re.findall(r"\w+", inner)
    for line in code.splitlines():
        for pair in PARAMETERS.findall(line):
            yield from (word for part in pair for word in re.findall(r"[A-Za-z]\w*", part))


def banned_in_script(text: str) -> list[str]:
    """Find names that a script defines with a word that is not used in code."""
    return sorted({name for name in given_names(text) if banned_name(name.lstrip("#"))})


def imported(text: str) -> list[str]:
    """List what a script imports, as it is written there."""
    return IMPORTED.findall(text) + [one.strip("\"' ") for one in IMPORTED_LATER.findall(text)]


def exported(text: str) -> list[str]:
    """List the names that a script exports."""
    return EXPORTED.findall(text)


def foreign_imports(scripts: Mapping[str, str]) -> list[str]:
    """Find imports that name no script beside the one that asks, by a relative path."""
    return [
        f"{path}: {one}"
        for path, text in scripts.items()
        for one in imported(text)
        if not one.startswith(("./", "../")) or _beside(path, one) not in scripts
    ]


def cycles(scripts: Mapping[str, str]) -> list[str]:
    """Find scripts that import themselves, through however many others."""
    asked = {path: {_beside(path, one) for one in imported(text)} for path, text in scripts.items()}
    return [path for path in scripts if path in _reached(path, asked)]


def unreached(scripts: Mapping[str, str], entry: set[str]) -> list[str]:
    """Find scripts that no page starts and no other script imports."""
    asked = {path: {_beside(path, one) for one in imported(text)} for path, text in scripts.items()}
    reached = entry.union(*(_reached(path, asked) for path in entry))
    return [path for path in scripts if path not in reached]


def _beside(path: str, asked: str) -> str:
    return normpath(join(dirname(path), asked))


def _reached(path: str, asked: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(asked.get(path, ()))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += asked.get(one, ())
    return found
