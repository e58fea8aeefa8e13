"""The sample portals in a process of their own, so that serving pages is not counted as crawling them.

`python -m benchmarks.fleet FOLDER COPIES` prints the path of the registry and serves until its input is closed, which
also happens when the benchmark that started it dies.
"""

import sys
from pathlib import Path

from samples.fleet import fleet


def main(folder: Path, copies: int) -> None:
    """Serve every sample portal and `copies` look-alikes of each on free ports."""
    with fleet(folder, copies=copies) as running:
        print(running.registry_csv, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
