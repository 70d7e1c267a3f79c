"""Which Chinese city leads in AI, in what, and how sure can we be?

``names()`` lists the tables of the data package, ``load(name)`` gives one as a DataFrame, ``describe(name)``
says what its columns mean and ``check()`` looks for faults in all of them. The other modules (``bounds``,
``evidence``, ``figures`` and so on) are imported when they are first used.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any

from .tables import DataError, added, check, describe, load, load_all, names

if TYPE_CHECKING:  # for editors, which complete `aicities.` without running anything
    from . import bounds, dates, evidence, figures, votes  # noqa: F401

__version__ = "1.0.0"

__all__ = ["DataError", "__version__", "added", "check", "describe", "load", "load_all", "names"]


def _modules() -> list[str]:
    return [module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")]


def __getattr__(name: str) -> Any:
    if name in _modules():
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*__all__, *_modules(), *(name for name in globals() if name.startswith("__"))})
