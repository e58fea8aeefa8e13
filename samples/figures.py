"""The figures of one sample report, as printed, and where they come from."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict

Edition = Literal["t2021", "t2019"]
Printed = Annotated[str, BeforeValidator(str)]

FOLDER = Path(__file__).parent / "figures"
APPLICANTS = (
    "natural_person",
    "company",
    "research_institute",
    "public_interest_org",
    "legal_service",
    "other_organisation",
    "total",
)
RESULTS = ("upheld", "corrected", "other", "pending", "total")


class Figures(BaseModel):
    """One report's figures: what each cell of its three tables prints.

    `disclosure` maps a metric to a text, `requests` an outcome to seven texts (natural person … total),
    `disputes` a proceeding to five (upheld … total). A cell that no entry names prints `fill`. In YAML a
    signed number must be quoted, or its plus sign is lost.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    """Whose published figures these are, or `invented`."""
    edition: Edition
    requests_edition: Edition | None = None
    """The edition of the second table alone, where a publisher mixed two forms."""
    fill: Printed = "0"
    disclosure: dict[str, Printed] = {}
    requests: dict[str, tuple[Printed, Printed, Printed, Printed, Printed, Printed, Printed]] = {}
    disputes: dict[str, tuple[Printed, Printed, Printed, Printed, Printed]] = {}
    broken_identities: tuple[str, ...] = ()
    """The subjects of which the printed parts do not add up: the publisher's own errors, kept as they are."""

    def text(self, metric: str, applicant: str | None = None) -> str:
        """What the cell of this metric (and applicant, in the second table) prints."""
        if applicant is not None:
            row = self.requests.get(metric)
            return row[APPLICANTS.index(applicant)] if row else self.fill
        proceeding, _, result = metric.rpartition("_")
        if proceeding in self.disputes:
            return self.disputes[proceeding][RESULTS.index(result)]
        return self.disclosure.get(metric, self.fill)


@cache
def load(name: str) -> Figures:
    """Read `figures/<name>.yaml`; raises ValueError naming the file when it does not fit the model."""
    path = FOLDER / f"{name}.yaml"
    try:
        return Figures.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (ValueError, yaml.YAMLError) as error:
        raise ValueError(f"{path}: {error}") from error
