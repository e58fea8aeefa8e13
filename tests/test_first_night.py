import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_a_taken_port_is_named_in_one_sentence_and_no_night_begins() -> None:
    with socket.socket() as ours:
        with suppress(OSError):  # sample portals that run already hold it: it is taken either way
            ours.bind(("127.0.0.11", 8011))
            ours.listen()
        night = [sys.executable, "-m", "samples.first_night"]
        ended = subprocess.run(night, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith("Error: The sample portal cannot be served on 127.0.0.11:8011")
    assert ended.stderr.count("\n") == 1
