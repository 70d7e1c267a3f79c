"""The API reference, read from signatures and docstrings of the public modules."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Iterator
from html import escape
from types import ModuleType
from typing import Any, NamedTuple

from markupsafe import Markup

import aicities

RULE = re.compile(r"^[-=]{3,}(?: +[-=]+)*$")
CODE = re.compile(r"``([^`]+)``|(?::[a-z]+:)?`~?([^`]+)`")


class Entry(NamedTuple):
    """A function, class or constant of a module."""

    name: str
    signature: str
    doc: Markup


class Module(NamedTuple):
    """A public module and what it hands on."""

    name: str
    doc: Markup
    entries: list[Entry]


def modules() -> list[Module]:
    """The helper, the study and the two libraries: each public module that has something to hand on.

    A package that hands on what is public in its modules stands for them.
    """
    found = [_module(aicities, public=[name for name in aicities.__all__ if not name.startswith("_")])]
    inner = pkgutil.walk_packages(aicities.__path__, "aicities.")
    names = sorted(info.name for info in inner if not info.name.rpartition(".")[2].startswith("_"))
    faces = [name for name in names if getattr(importlib.import_module(name), "__all__", None)]
    for name in [*(n for n in names if n.rpartition(".")[0] not in faces), "rankstats", "textnumbers"]:
        one = _module(importlib.import_module(name))
        if one.entries:
            found.append(one)
    return found


def _module(module: ModuleType, *, public: list[str] | None = None) -> Module:
    names = public or getattr(module, "__all__", None) or _defined(module)
    objects = [(name, getattr(module, name)) for name in names]
    entries = [Entry(n, _signature(n, o), doc_html(inspect.getdoc(o) or "")) for n, o in objects if _documented(o)]
    return Module(module.__name__, doc_html(inspect.getdoc(module) or ""), entries)


def _defined(module: ModuleType) -> list[str]:
    """Public functions and classes that are written in this module, in the order of their lines."""
    return [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and _documented(value) and value.__module__ == module.__name__
    ]


def _documented(value: Any) -> bool:
    return inspect.isfunction(value) or inspect.isclass(value)


class _Bare(str):
    """An annotation that is printed as it was written, without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _bare(annotation: Any) -> Any:
    return _Bare(annotation) if isinstance(annotation, str) else annotation


def _signature(name: str, value: Any) -> str:
    """The call as one would write it."""
    signature = inspect.signature(value)
    taken = [one.replace(annotation=_bare(one.annotation)) for one in signature.parameters.values()]
    returned = inspect.Signature.empty if inspect.isclass(value) else _bare(signature.return_annotation)
    return f"{name}{signature.replace(parameters=taken, return_annotation=returned)}"


def doc_html(doc: str) -> Markup:
    """A docstring as HTML: prose flows, bullets and parameters become lists, tables and examples stay as typed."""
    parts = []
    for block in re.split(r"\n{2,}", doc.strip("\n")):
        lines = block.split("\n")
        underlined = len(lines) > 1 and RULE.match(lines[1]) and not RULE.match(lines[0])
        if underlined:
            parts.append(f"<p><strong>{escape(lines[0])}</strong></p>")
            lines = lines[2:]
        if not lines:
            continue
        if lines[0].startswith(">>> "):
            parts.append(f'<pre class="typed" tabindex="0">{escape(block, quote=False)}</pre>')
        elif lines[0].startswith("- "):
            items = re.split(r"(?:^|\n)- ", "\n".join(lines))[1:]
            parts.append("<ul>" + "".join(f"<li>{_marked(item)}</li>" for item in items) + "</ul>")
        elif underlined and (" : " in lines[0] or any(line.startswith(" ") for line in lines)):
            parts.append(f"<dl>{''.join(_terms(lines))}</dl>")
        elif any(line.startswith(" ") or RULE.match(line) for line in lines):
            typed = escape(textwrap.dedent("\n".join(lines)))
            parts.append(f'<pre class="typed" tabindex="0">{CODE.sub(_unquoted, typed)}</pre>')
        else:
            parts.append(f"<p>{_marked(' '.join(lines))}</p>")
    return Markup("\n".join(parts))


def _terms(lines: list[str]) -> Iterator[str]:
    """Parameters, or what can be raised: a name, and either ` : ` and what it is, or that on indented lines below."""
    for term in re.split(r"\n(?! )", "\n".join(lines)):
        name, said = term.split(" : ", 1) if " : " in term else (term.partition("\n")[0], term.partition("\n")[2])
        yield f"<dt>{_marked(name)}</dt><dd>{_marked(said)}</dd>"


def _marked(text: str) -> str:
    flowing = escape(" ".join(text.split()), quote=False)
    return CODE.sub(lambda found: f"<code>{_unquoted(found)}</code>", flowing)


def _unquoted(found: re.Match[str]) -> str:
    return found[1] or found[2]
