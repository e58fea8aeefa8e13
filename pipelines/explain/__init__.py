"""The smallest explanation of a contradiction: the one slip that, undone, makes all the sums of a table hold.

Rows and columns of the form both add up, so that a wrong figure can be located. An explanation is a suggestion; nothing
here alters a figure.
"""

from __future__ import annotations

from pipelines.explain.changes import Change, Slip
from pipelines.explain.digits import Story, story
from pipelines.explain.search import smallest
from pipelines.explain.sums import Equation, Sums

__all__ = ["Change", "Equation", "Slip", "Story", "Sums", "smallest", "story"]
