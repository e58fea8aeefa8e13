"""What every edition of the report states about itself: its name, its circular, its years and its markers."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """An entry of an edition's file; what it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Form(Strict):
    """One edition. ``years`` are the first and last report year it is the default of.

    ``markers`` are the wordings that no other edition prints, by the table they stand in.
    """

    id: str
    title_zh: str
    title_en: str
    circular: str
    years: tuple[int, int | None]
    markers: dict[str, tuple[str, ...]] = {}

    @property
    def metric_names(self) -> tuple[str, ...]:
        """All metrics of the edition, in the order of the form; none for reports without tables."""
        return ()

    @property
    def borrowed(self) -> frozenset[str]:
        """Metrics of another edition that publishers print in this one."""
        return frozenset()
