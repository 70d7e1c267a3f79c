"""What maintainers run, as ``python -m tools.NAME``.

Reading a notebook loads jsonschema, and this a grammar of addresses in other letters, which takes over a second to
compile in every process and which no notebook asks for. Where it cannot be loaded, jsonschema goes without.
"""

import os
import signal
import sys
from types import FrameType
from typing import Any

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None: an ImportError, as documented


def _end(number: int, frame: FrameType | None) -> None:
    """End in one line and in order, so that no temporary folder stays; what comes meanwhile changes nothing."""
    for one in _SIGNALS:
        signal.signal(one, signal.SIG_IGN)
    print(f"{sys.orig_argv[2]}: stopped before it was done", file=sys.stderr, flush=True)
    while frame is not None and frame.f_code.co_name != "main":
        frame = frame.f_back
    if frame is None:
        os._exit(128 + number)  # nothing is begun; and what is imported could make another error of it
    sys.exit(128 + number)


def _again(lost: Any) -> None:
    """An end that came where no error gets out, as while an object is given up, comes again a moment later."""
    if lost.exc_type is not SystemExit or not hasattr(signal, "setitimer"):
        sys.__unraisablehook__(lost)
        return
    status = lost.exc_value.code
    signal.signal(signal.SIGALRM, lambda *_: sys.exit(status))
    signal.setitimer(signal.ITIMER_REAL, 0.01)


_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
# While Python looks for the module to run, and before any slow import. A job in the background starts with interrupts
# ignored, which count here all the same; nohup ignores the other, which stays so.
if sys.argv[:1] == ["-m"] and len(sys.orig_argv) > 2:
    for _signal in _SIGNALS:
        if _signal == signal.SIGINT or signal.getsignal(_signal) is not signal.SIG_IGN:
            signal.signal(_signal, _end)
    sys.unraisablehook = _again
