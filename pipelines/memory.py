"""Memory for a process that reads one document after the other: what one has given back, the next one takes."""

from __future__ import annotations

import ctypes
import gc

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # parameters of mallopt(3)
_KEPT = 32 << 20  # bytes: the tree of the largest page, and the most that glibc takes for the second threshold
_YOUNG = 10_000  # objects between two looks for cycles; one document makes about as many, and hardly any in cycles


def keep() -> None:
    """Let the C library keep what is freed, and the garbage collector look less often; a tenth of the reading's time.

    Where the C library is not glibc, only the second.
    """
    gc.set_threshold(_YOUNG)
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_TRIM_THRESHOLD, _KEPT)
        mallopt(_MMAP_THRESHOLD, _KEPT)
