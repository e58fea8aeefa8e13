"""Our data beside the code is YAML: this reads one such file."""

from pathlib import Path
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # twelve times faster; a PyYAML built without libyaml lacks it


def load_yaml(path: Path) -> Any:
    """What a YAML file in UTF-8 says, in plain types only.

    Raises:
        OSError: the file cannot be read.
        UnicodeDecodeError: it is not UTF-8.
        yaml.YAMLError: it is not YAML.
    """
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  # both are the safe kind
