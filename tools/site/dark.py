"""Figures on a dark page: each colour of the house and its counterpart, by lightness turned upside down."""

from __future__ import annotations

import re

# Text on a fill turns with it: where white stood on a dark fill, the dark of the page stands on a bright one.
COUNTERPARTS = {
    "#ffffff": "#12171d",  # the page
    "#222b36": "#e3e8ed",  # ink
    "#4a5360": "#bcc5ce",
    "#6b7480": "#a3adb8",
    "#9aa2ad": "#8a94a0",
    "#c9ced6": "#606974",  # what is missing
    "#d1495b": "#f2808c",  # Beijing: fill, ink
    "#b03246": "#f79aa3",
    "#1f3a6e": "#8fb4f5",  # Shanghai
    "#edae49": "#edae49",  # Shenzhen: fill, ink, text on the fill
    "#8f5f00": "#e3b65c",
    "#2b2000": "#12171d",
    "#1b6e6a": "#62c4ba",  # for, holds, both
    "#8cc5bf": "#2f716b",
    "#e9a08a": "#9c5038",
    "#8e2f1b": "#ff8d62",  # against, fails, neither
    "#a9713b": "#cc9059",  # a way of counting: fill, ink
    "#8a5a2c": "#dfaa78",
}
QUIET = {
    "#e3e6ea": "#2c3641",  # grid
    "#d5d9df": "#46525e",
    "#e7eaee": "#323d48",
    "#eef0f3": "#1c242c",
    "#f1f4f5": "#1b232b",
    "#dcecea": "#1e3a3a",
    "#d3e7e4": "#1f4341",
    "#f1cfc4": "#6e3b2a",
    "#f3e9d8": "#2d2619",
}
"""What lies behind the marks, pale on white as well."""


def darkened(svg: str) -> str:
    """A figure of the house in the colours of a dark page; ValueError for a colour without a counterpart."""
    known = COUNTERPARTS | QUIET | {"none": "none", "url": "url"}

    def turned(match: re.Match[str]) -> str:
        if match[2] not in known:
            raise ValueError(f"the colour {match[2]} of a figure has no counterpart in tools/site/dark.py")
        return match[1] + known[match[2]]

    return re.sub(r"\b((?:fill|stroke): ?)([#\w]+)", turned, svg)
