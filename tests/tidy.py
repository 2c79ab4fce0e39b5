"""What is untidy in a piece of source: pure checks, each from a text or a tree to findings.

`test_tidy.py` runs them over the repository and over faults planted on purpose. A finding is one
sentence that begins with the line it is about.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# Words that say nothing of what a thing does, or that mean something else here.
BANNED_WORDS = frozenset(
    "user item manager helper util core common session heartbeat".split()
    + "users items managers helpers utils cores commons sessions heartbeats".split()
)

# Names that a framework looks up by their spelling. Django asks a sign-in backend for
# get_user(user_id) and gives "user" and "session" to its own receivers and middleware as attributes
# (request.user, request.session): using an attribute is never a finding, defining a name is.
FRAMEWORK_NAMES: Mapping[str, str] = {
    "get_user": "django.contrib.auth: a backend's method",
    "user_id": "django.contrib.auth: the parameter of that method",
    "AUTH_USER_MODEL": "django.conf: a setting",
    "get_public_key_credential_user_entity": "allauth.mfa: a method of its adapter",
}
# Every setting of Django's web sessions begins so. "Web session" is the one meaning allowed.
FRAMEWORK_PREFIXES = ("SESSION_", "web_session", "WebSession")

# A call of one of these on anything reads a clock.
CLOCK_CALLS = frozenset({"now", "today", "utcnow"})
# A call of one of these touches a file, a terminal, or code unknown to the checks.
FETCHING_BUILTINS = frozenset(
    {"open", "input", "print", "breakpoint", "eval", "exec", "__import__"}
)
# These modules are clocks, dice or doors; import-linter guards them too, through every chain.
FETCHING_MODULES = frozenset(
    "asyncio django httpx importlib io logging os pathlib random secrets socket sqlite3 subprocess "
    "tempfile threading time urllib uuid zoneinfo".split()
)

# Spelt in halves, so that this file is not a finding of its own.
# The third is also a fine name for an invented party, so it counts in a comment only.
LEFTOVER = re.compile(
    r"\b(?:" + "TO" + "DO|FIX" + r"ME)\b|(?:#|//|<!--).*\b" + "X" + r"XX\b",
)
MACHINE_PATH = re.compile(
    r"(?<![\w./~}>)-])/(?:"
    + "|".join(("wo" + "rk", "ro" + "ot", "tm" + "p", "ho" + "me", "Us" + "ers"))
    + r")/\w"
)
INDEX_ADDRESS = re.compile(
    r"py" + r"pi\.org|pythonhosted\." + r"org|(?<!emit-)(?:extra-)?index-url[ =]|/simple/?(?:\s|$)"
)
COUNTRIES = re.compile(
    r"\b(?:Korea|Japan|United States|America|China|Russia|ROK|DPRK|KOR|JPN|USA"
    r"|Seoul|Tokyo|Washington|Beijing|Moscow)\b"
)


@dataclass(frozen=True, slots=True)
class Length:
    """How many lines a function takes, its first and last included."""

    name: str
    line: int
    lines: int


def function_lengths(tree: ast.AST) -> Iterator[Length]:
    """Measure every function and method, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Length(node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1)


def name_words(name: str) -> list[str]:
    """Split `snake_case`, `CamelCase` and `CAPITALS` into lower-case words."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def defined_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """List what a module gives a name to: functions, classes, parameters, variables, fields."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id
            case ast.Attribute(ctx=ast.Store(), value=ast.Name(id="self")):
                yield node.lineno, node.attr
            case ast.alias(asname=str()):
                yield node.lineno, str(node.asname)
            case ast.MatchAs(name=str()) | ast.MatchStar(name=str()):
                yield node.lineno, str(node.name)


def banned_name(name: str) -> bool:
    """Tell whether a name contains a word that is not used in code."""
    if name in FRAMEWORK_NAMES or name.startswith(FRAMEWORK_PREFIXES):
        return False
    return not BANNED_WORDS.isdisjoint(name_words(name))


def banned_names(tree: ast.AST) -> list[str]:
    """Find names that a module defines with a word that is not used in code."""
    return [f"line {line}: {name}" for line, name in defined_names(tree) if banned_name(name)]


def fetched(tree: ast.AST) -> list[str]:
    """Find what reads a clock, draws a number or opens a door instead of being given its fruit."""
    return [
        f"line {node.lineno}: {ast.unparse(node)[:60]}"
        for node in ast.walk(tree)
        if isinstance(node, ast.expr | ast.stmt) and _fetches(node)
    ]


def _fetches(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return name in FETCHING_BUILTINS
        case ast.Call(func=ast.Attribute(attr="generate", value=value)):
            # SigningKey.generate() and its like draw a key; keys arrive as arguments.
            return ast.unparse(value).endswith(("Key", "Fernet"))
        case ast.Attribute(attr=attr, value=value) if attr in CLOCK_CALLS:
            return ast.unparse(value).split(".")[-1] in {"datetime", "date", "timezone"}
        case ast.Import(names=names):
            return any(_is_fetching(alias.name) for alias in names)
        case ast.ImportFrom(module=str() as module, names=names):
            return _is_fetching(module) or any(_is_fetching(f"{module}.{a.name}") for a in names)
    return False


def _is_fetching(module: str) -> bool:
    return module.split(".")[0] in FETCHING_MODULES or module == "nacl.utils"


def unbuilt(tree: ast.AST) -> list[str]:
    """Find stubs: places that say they are not implemented."""
    return [
        f"line {node.lineno}: {node.id}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "NotImplemented" + "Error"
    ]


def silent_skips(tree: ast.AST) -> list[str]:
    """Find tests that may be skipped, or expected to fail, without saying why."""
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    silent = [
        node
        for node in ast.walk(tree)
        if (isinstance(node, ast.Call) and _is_skip(node.func) and not _gives_reason(node))
        or (_is_skip(node) and id(node) not in called)
    ]
    return [f"line {node.lineno}: {ast.unparse(node)} gives no reason" for node in silent]


def _is_skip(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node) in {
        *("pytest.skip", "pytest.xfail", "pytest.mark.skip", "pytest.mark.skipif"),
        *("pytest.mark.xfail", "unittest.skip", "unittest.skipIf"),
    }


def _gives_reason(call: ast.Call) -> bool:
    by_name = [word.value for word in call.keywords if word.arg in {"reason", "msg"}]
    conditional = ast.unparse(call.func).endswith(("skipif", "skipIf", "mark.xfail"))
    given = by_name or call.args[1 if conditional else 0 :]
    return bool(given) and not (isinstance(given[0], ast.Constant) and not given[0].value)


def sleeps(tree: ast.AST) -> list[str]:
    """Find calls that wait for time to pass."""
    return [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"time.sleep", "sleep", "asyncio.sleep"}
    ]


def found_in_lines(pattern: re.Pattern[str], text: str) -> list[str]:
    """Find a pattern, line by line."""
    return [
        f"line {number}: {hit.group().strip()}"
        for number, line in enumerate(text.splitlines(), start=1)
        for hit in pattern.finditer(line)
    ]


def mentioned_modules(module: str, is_package: bool, tree: ast.AST) -> set[str]:
    """List the dotted names that a module imports, or names in a string as frameworks do.

    `module` is the module's own dotted name, from which relative imports are resolved. A string
    counts whole and by each of its beginnings ("a.b.c:run" names a, a.b, a.b.c).
    """
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found.update(beginning for a in names for beginning in _beginnings(a.name))
            case ast.ImportFrom(module=origin, names=names, level=level):
                base = _absolute(module, is_package, origin or "", level)
                found.update(_beginnings(base))
                found.update(f"{base}.{alias.name}" for alias in names)
            case ast.Constant(value=str() as text) if re.fullmatch(r"[\w.:]+", text):
                found.update(_beginnings(text.replace(":", ".")))
    return found


def _absolute(module: str, is_package: bool, origin: str, level: int) -> str:
    if level == 0:
        return origin
    parts = module.split(".")
    climbed = parts[: len(parts) - level + (1 if is_package else 0)]
    return ".".join([*climbed, *([origin] if origin else [])])


def _beginnings(dotted: str) -> Iterator[str]:
    parts = dotted.split(".")
    return (".".join(parts[: length + 1]) for length in range(len(parts)))
