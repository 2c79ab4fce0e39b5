"""Each template reads the fields of its page's dataclass, all of them, and nothing else."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from django.template import Engine
from django.template.base import FilterExpression, Node, Variable, VariableNode
from django.template.defaulttags import ForNode, IfNode
from django.template.library import SimpleNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode

import architrave.portal as portal
from architrave.portal.formats import Moment, Said
from architrave.portal.pages import PAGES, manual

FOLDER = Path(portal.__file__).parent / "templates"
PLAIN = (str, bool, int)
Types = tuple[Any, ...]  # what a variable may be


def engine() -> Engine:
    return Engine(
        dirs=[FOLDER],
        libraries={
            "screen": "architrave.portal.templatetags.screen",
            "static": "django.templatetags.static",
        },
    )


def choices(hint: Any) -> Types:
    """The members of a union without None; a type alone."""
    if get_origin(hint) in (Union, UnionType):
        return tuple(one for part in get_args(hint) for one in choices(part))
    return () if hint is type(None) else (hint,)


class Walk:
    """Follow a template from a page's dataclass and note which fields it reads."""

    def __init__(self, templates: Engine) -> None:
        self.templates = templates
        self.read: set[tuple[type, str]] = set()
        self.faults: list[str] = []

    def of(self, path: str, scope: dict[str, Types]) -> Types:
        """The types of a dotted variable; each field on the way is noted."""
        first, *names = path.split(".")
        if first not in scope:
            self.faults.append(f"{path}: nothing here is called {first}")
            return ()
        types = scope[first]
        for name in names:
            found: list[Any] = []
            for one in types:
                if is_dataclass(one) and name in get_type_hints(one):
                    self.read.add((one, name))
                    found += choices(get_type_hints(one)[name])
                else:
                    self.faults.append(f"{path}: {one} has no field {name}")
            types = tuple(found)
        return types

    def expression(self, one: FilterExpression, scope: dict[str, Types]) -> Types:
        if isinstance(one.var, Variable) and one.var.lookups is not None:
            return self.of(".".join(one.var.lookups), scope)
        return (str,)

    def nodes(self, nodes: Any, scope: dict[str, Types]) -> None:
        for node in nodes:
            self.node(node, scope)

    def node(self, node: Node, scope: dict[str, Types]) -> None:
        match node:
            case ExtendsNode():
                parent = self.templates.get_template(node.parent_name.token.strip("'\""))
                self.nodes(parent.nodelist, scope)
                self.nodes(node.nodelist, scope)
            case BlockNode():
                self.nodes(node.nodelist, scope)
            case IncludeNode():
                inner = {k: self.expression(v, scope) for k, v in node.extra_context.items()}
                name = node.template.token.strip("'\"")
                self.nodes(self.templates.get_template(name).nodelist, {**scope, **inner})
            case ForNode():
                elements = [get_args(one)[0] for one in self.expression(node.sequence, scope)]
                types = tuple(t for one in elements for t in choices(one))
                inner = {**scope, node.loopvars[0]: types, "forloop": (Any,)}
                self.nodes(node.nodelist_loop, inner)
            case IfNode():
                for condition, nodelist in node.conditions_nodelists:
                    self.condition(condition, scope)
                    self.nodes(nodelist, scope)
            case VariableNode():
                types = self.expression(node.filter_expression, scope)
                for one in types:
                    if one not in (*PLAIN, Moment, Said):
                        self.faults.append(f"{node.filter_expression.token}: prints {one}")
            case SimpleNode():
                for value in (*node.args, *node.kwargs.values()):
                    self.expression(value, scope)
                if node.target_var:
                    scope[node.target_var] = (str,)

    def condition(self, one: Any, scope: dict[str, Types]) -> None:
        if one is None:
            return
        if isinstance(getattr(one, "value", None), FilterExpression):
            if not str(one.value.token).startswith("forloop"):
                self.expression(one.value, scope)
        for side in ("first", "second"):
            if getattr(one, side, None) is not None:
                self.condition(getattr(one, side), scope)


def walked(name: str, page: type) -> Walk:
    templates = engine()
    walk = Walk(templates)
    walk.nodes(templates.get_template(f"portal/{name}.html").nodelist, {"page": (page,)})
    return walk


@pytest.mark.parametrize("name", list(PAGES))
def test_a_template_reads_only_what_its_page_has(name: str) -> None:
    assert walked(name, PAGES[name]).faults == []


def reached(page: type, found: set[type]) -> set[type]:
    """A page's dataclass and all that it reaches."""
    if is_dataclass(page) and page not in (Moment, Said) and page not in found:
        found.add(page)
        for hint in get_type_hints(page).values():
            for one in choices(hint):
                for part in (one, *get_args(one)):
                    for kind in choices(part):
                        reached(kind, found)
    return found


@pytest.mark.parametrize("name", list(PAGES))
def test_every_field_of_a_page_is_shown(name: str) -> None:
    page = PAGES[name]
    read = walked(name, page).read
    assert [one.name for one in fields(page) if (page, one.name) not in read] == []


def test_every_field_of_every_row_is_shown_on_some_page() -> None:
    read = set().union(*(walked(name, page).read for name, page in PAGES.items()))
    blocks: set[type] = set()
    for page in PAGES.values():
        reached(page, blocks)
    unread = [
        f"{block.__name__}.{one.name}"
        for block in blocks
        for one in fields(block)
        if (block, one.name) not in read
    ]
    assert sorted(unread) == []


def test_every_template_is_a_page_or_part_of_one() -> None:
    pages = {f"{name}.html" for name in PAGES}
    texts = [path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.html")]
    parts = {path.name for path in FOLDER.rglob("*.html")} - pages
    assert [part for part in parts if not any(f'"portal/{part}"' in text for text in texts)] == []


def test_a_variable_that_no_page_has_is_found() -> None:
    walk = Walk(engine())
    template = engine().from_string(
        "{{ page.frame.colour }}{% for one in page.books %}{{ one }}{% endfor %}"
    )
    walk.nodes(template.nodelist, {"page": (PAGES["home"],)})
    assert len(walk.faults) == 2


def test_the_manual_of_the_pages_is_current() -> None:
    root = Path(__file__).parents[2]
    assert (root / "docs" / "pages.md").read_text(encoding="utf-8") == manual()


def test_every_field_says_what_it_is() -> None:
    blocks: set[type] = set()
    for page in PAGES.values():
        reached(page, blocks)
    assert [
        f"{block.__name__}.{one.name}"
        for block in blocks
        for one in fields(block)
        if not one.metadata.get("help")
    ] == []
