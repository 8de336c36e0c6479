"""No sentence outside the catalogues, no key that is missing, misused or forgotten."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import scooty
from scooty.core.i18n.catalogues import read_catalogue
from scooty.features.registry import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(scooty.__file__).parent
SOURCES = sorted(
    path
    for pattern in (
        "core/*.py",
        "core/desk/*.py",
        "core/outbox/refusals.py",
        "core/text/*.py",
        "features/*.py",
        "features/*/commands.py",
        "features/*/commands/*.py",
        "features/*/replies.py",
        "features/*/replies/*.py",
        "features/*/port.py",
    )
    for path in PACKAGE.glob(pattern)
    if path.name != "shapes.py"  # what it says goes to the log
)
ASKING = [
    *SOURCES,
    PACKAGE / "runtime" / "http" / "status_page.py",
]
"""Also where some sentences are for operators and in English: traces and command lines."""
SENTENCE = re.compile(r"[^\W\d_]{2,}[^\w]* [^\W\d_]{2,}")
"""Two words: nothing that the program itself needs has a space in it, but for commands' paths."""
KEY = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")
SHOWN_BY = {"title", "text", "content", "description", "label", "placeholder", "footer", "value"}
"""Keyword arguments whose text a person reads."""

CATALOGUE = {
    (message.id if isinstance(message.id, str) else message.id[0]): message
    for message in read_catalogue("en")
    if message.id
}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def trees() -> Iterator[tuple[Path, ast.Module]]:
    return ((path, tree_of(path)) for path in ASKING)


def not_shown(tree: ast.Module) -> set[int]:
    """Docstrings, type expressions, and the texts of exceptions and logs."""
    hidden: set[int] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant() as text):
                hidden.add(id(text))
            case ast.Raise():
                hidden.update(map(id, ast.walk(node)))
            case ast.Assign(targets=[ast.Name(id="__all__")]):
                hidden.update(map(id, ast.walk(node)))
            case ast.AnnAssign(annotation=ast.Name(id="TypeAlias"), value=ast.expr() as value):
                hidden.update(map(id, ast.walk(value)))
            case (
                ast.AnnAssign(annotation=annotation) | ast.arg(annotation=ast.expr() as annotation)
            ):
                hidden.update(map(id, ast.walk(annotation)))
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="log"))):
                hidden.update(map(id, ast.walk(node)))
            case _:
                pass
    return hidden


def strings(tree: ast.Module) -> Iterator[str]:
    hidden = not_shown(tree)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in hidden
        ):
            yield node.value


def test_the_check_has_sources_to_look_at() -> None:
    assert len(SOURCES) > 20


def test_no_sentence_stands_outside_the_catalogues() -> None:
    sentences = [
        (path.name, text)
        for path in SOURCES
        for text in strings(tree_of(path))
        if SENTENCE.search(text) and text not in COMMANDS
    ]

    assert sentences == []


def test_no_shown_argument_is_a_literal_word() -> None:
    calls = [
        (path.name, node)
        for path in SOURCES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
    ]

    literal = [
        (name, argument.value.value)
        for name, call in calls
        for argument in call.keywords
        if argument.arg in SHOWN_BY
        and isinstance(argument.value, ast.Constant)
        and isinstance(argument.value.value, str)
    ]

    assert literal == []


def translated(tree: ast.Module) -> Iterator[tuple[str, set[str], bool]]:
    """Each ``t("key", name=...)``, ``t.plural("key", n, ...)`` and ``UserError("key", ...)``."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Name(id="t" | "ENGLISH" | "UserError") | ast.Attribute(attr="t"),
                args=[ast.Constant(value=str() as key)],
                keywords=keywords,
            ):
                yield key, {k.arg for k in keywords if k.arg}, False
            case ast.Call(
                func=ast.Attribute(attr="plural"),
                args=[ast.Constant(value=str() as key), _],
                keywords=keywords,
            ):
                yield key, {k.arg for k in keywords if k.arg} | {"count"}, True
            case _:
                pass


def placeholders(key: str) -> set[str]:
    string = CATALOGUE[key].string
    forms = (string,) if isinstance(string, str) else tuple(string or ())
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}


def test_every_sentence_is_asked_for_with_its_placeholders() -> None:
    calls = [(path.name, *call) for path, tree in trees() for call in translated(tree)]

    wrong = [
        (name, key)
        for name, key, given, plural in calls
        if key not in CATALOGUE
        or plural is not isinstance(CATALOGUE[key].id, tuple)
        or placeholders(key) - given
        or given - placeholders(key) - ({"count"} if plural else set())
    ]

    assert len(calls) > 50
    assert wrong == []


def described() -> Iterator[str]:
    """Yield the keys that describe commands, and what groups them: they come from the paths."""
    for command in COMMANDS.values():
        yield command.description_key
        words = command.path.split() if command.kind == "slash" else ()
        yield from (f"command.{'.'.join(words[:count])}" for count in range(1, len(words)))


def test_every_key_in_the_code_exists_and_every_key_of_the_catalogue_is_used() -> None:
    domains = {key.split(".")[0] for key in CATALOGUE}
    used = {
        text
        for _, tree in trees()
        for text in strings_with_errors(tree)
        if KEY.fullmatch(text) and text.split(".")[0] in domains
    }

    assert used | set(described()) == set(CATALOGUE)


def strings_with_errors(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
