"""Proving what is not printed: a blank cell is zero, or a blank total is a sum, only when an identity leaves no choice.

Counts cannot be negative. So where the printed figures of both sides already agree, the blank cells of one side are
zero; and where a total is the only unprinted figure, it is the sum of its parts. Each proof may allow the next.
"""

from __future__ import annotations

from pipelines.matching import Key
from pipelines.reading import Observation, Reading
from pipelines.rules.identities import Identity, Observations, identities
from pipelines.tokens import Status


def infer(reading: Reading) -> None:
    """Mark every blank cell that the identities prove as ``inferred_zero`` or ``derived``, with its proven value.

    The printed value stays None: what is proven is never mistaken for what is printed.
    """
    blank = {key for key in reading.odd if reading.observations[key].status is Status.BLANK}
    open_ = [i for i in identities(reading) if not blank.isdisjoint((*i.left, *i.right))] if blank else []
    proofs = -1
    while proofs:
        proofs = sum(_prove(identity, reading.observations) for identity in open_)


def _prove(identity: Identity, observations: dict[Key, Observation]) -> bool:
    """Prove what one identity allows; True when that was anything."""
    unknown_left, unknown_right = (_unknown(side, observations) for side in (identity.left, identity.right))
    if bool(unknown_left) == bool(unknown_right):
        return False
    left, right = _known(identity.left, observations), _known(identity.right, observations)
    if left is None or right is None:
        return False
    if left == right:
        for key in (*unknown_left, *unknown_right):
            observations[key] = observations[key]._replace(status=Status.INFERRED_ZERO, proven=0)
        return True
    if len(identity.right) == 1 and unknown_right and left > right:
        [key] = unknown_right
        observations[key] = observations[key]._replace(status=Status.DERIVED, proven=left)
        return True
    return False


def _known(side: tuple[Key, ...], observations: Observations) -> float | None:
    """The sum of the printed and proven figures of a side; None when a cell is neither known nor blank."""
    total: float = 0
    for key in side:
        observation = observations[key]
        value = observation.value if observation.value is not None else observation.proven
        if value is None and observation.status is not Status.BLANK:
            return None
        total += value or 0
    return total


def _unknown(side: tuple[Key, ...], observations: Observations) -> list[Key]:
    return [key for key in side if observations[key].status is Status.BLANK]
