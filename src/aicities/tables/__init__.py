"""The tables of the data package: load, describe and check them, add rows of your own in memory."""

from .additions import added
from .cells import written
from .loading import check, describe, files, load, load_all, names, needed, overview, package, schema
from .problems import DataError, Problem

__all__ = ["DataError", "Problem", "added", "check", "describe", "files", "load"]
__all__ += ["load_all", "names", "needed", "overview", "package", "schema", "written"]
