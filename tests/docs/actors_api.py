"""Writes docs/ACTORS_API.md, every public name of the actor kit by its docstring: ``make api``."""

from __future__ import annotations

import ast
import inspect
from importlib import import_module
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "ACTORS_API.md"
PACKAGES: Final = ("actors.kernel", "actors.testing")
_HEAD: Final = """# The actor kit's public names

Written by `make api` from the docstrings; `actors/README.md` teaches how they go together. Whoever
imports from `actors.kernel` and `actors.testing` alone is not concerned by how they are made.
"""


def page() -> str:
    """Return the page as the source has it now."""
    parts = [_HEAD]
    for package in PACKAGES:
        parts.append(f"## {package}\n\n{_text_of(import_module(package).__doc__)}\n")
        sources = _sources(package)
        parts.extend(
            _entry(ast.parse(sources[name].read_text(encoding="utf-8")), name)
            for name in sorted(import_module(package).__all__, key=str.lower)
        )
    return "\n".join(parts)


def _sources(package: str) -> dict[str, Path]:
    """Return which file each public name comes from."""
    init = ROOT / package.replace(".", "/") / "__init__.py"
    return {
        alias.name: ROOT / f"{node.module.replace('.', '/')}.py"
        for node in ast.parse(init.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom) and node.module is not None
        for alias in node.names
    }


def _entry(module: ast.Module, name: str) -> str:
    for node, following in zip(module.body, [*module.body[1:], None], strict=True):
        match node:
            case ast.ClassDef(name=found) if found == name:
                return _class(node)
            case ast.FunctionDef(name=found) | ast.AsyncFunctionDef(name=found) if found == name:
                return f"### `{_signature(node)}`\n\n{_doc_of(node)}\n"
            case (
                ast.Assign(targets=[ast.Name(id=found)]) | ast.AnnAssign(target=ast.Name(id=found))
            ) if found == name:
                said = _string_in(following)
                return (
                    f"### `{name}`\n\n`{ast.unparse(node.value or node)}`\n\n{said}".rstrip() + "\n"
                )
            case _:
                continue
    raise LookupError(name)


def _class(node: ast.ClassDef) -> str:
    bases = ", ".join(map(ast.unparse, node.bases))
    lines = [f"### `class {node.name}({bases})`" if bases else f"### `class {node.name}`", ""]
    lines += [_doc_of(node), "", *_members(node)]
    if any(ast.unparse(base).startswith("Member[") for base in node.bases):
        own = ast.parse((ROOT / "actors/kernel/life.py").read_text(encoding="utf-8"))
        lines += [
            line for each in own.body if isinstance(each, ast.ClassDef) for line in _members(each)
        ]
    return "\n".join(lines).rstrip() + "\n"


def _members(node: ast.stmt) -> list[str]:
    if not isinstance(node, ast.ClassDef):
        return []
    lines = []
    seen = set()
    for item, following in zip(node.body, [*node.body[1:], None], strict=True):
        match item:
            case ast.AnnAssign(target=ast.Name(id=name)) if not name.startswith("_"):
                said = " ".join(_string_in(following).split())
                lines.append(f"- `{ast.unparse(item)}`{': ' if said else ''}{said}")
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if not (
                name.startswith("_") or name in seen or _is_overload(item)
            ):
                seen.add(name)
                first, _, _ = _doc_of(item).partition("\n\n")
                lines.append(f"- `{_signature(item)}`: {' '.join(first.split())}")
            case _:
                continue
    return lines


def _is_overload(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any("overload" in ast.unparse(decorator) for decorator in node.decorator_list)


def _signature(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    if any(ast.unparse(decorator) == "property" for decorator in node.decorator_list):
        return f"{node.name} -> {ast.unparse(node.returns)}" if node.returns else node.name
    returns = f" -> {ast.unparse(node.returns)}" if node.returns is not None else ""
    arguments = ast.unparse(node.args).removeprefix("self, ").removeprefix("self")
    is_async = "async " if isinstance(node, ast.AsyncFunctionDef) else ""
    return f"{is_async}{node.name}({arguments}){returns}"


def _doc_of(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    return _text_of(ast.get_docstring(node))


def _text_of(docstring: str | None) -> str:
    text = inspect.cleandoc(docstring or "")
    for heading in ("Args", "Returns", "Raises", "Attributes"):
        text = text.replace(f"\n{heading}:\n", f"\n{heading}:\n\n")
    return text.replace("\n    ", "\n- ").replace("\n-     ", "\n  ").replace("``", "`")


def _string_in(node: ast.stmt | None) -> str:
    match node:
        case ast.Expr(value=ast.Constant(value=str() as text)):
            return _text_of(text)
        case _:
            return ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
