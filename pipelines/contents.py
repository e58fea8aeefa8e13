"""The file ``captures.db``: every body ever received, once, by the SHA-256 of its bytes, zstd-compressed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import zstandard

from pipelines.storage import StorageError, connect, explained

APPLICATION_ID = 0x474B4350  # "GKCP"
COMPRESSION_LEVEL = 6
BODY_TABLE = """
CREATE TABLE IF NOT EXISTS body (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, zstd BLOB NOT NULL) STRICT
"""


class Contents:
    """The bodies in one file, which is made when it is not there.

    Raises:
        StorageError: from any method, when the file cannot be used.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = path
        self._db = connect(path, APPLICATION_ID)
        with explained(path):
            self._db.execute(BODY_TABLE)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def keep(self, body: bytes) -> str:
        """Store bytes unless they are there, and give their digest."""
        sha256 = hashlib.sha256(body).hexdigest()
        if not self.has(sha256):
            packed = zstandard.ZstdCompressor(level=COMPRESSION_LEVEL).compress(body)
            with explained(self.path):
                self._db.execute("INSERT INTO body VALUES (?, ?, ?)", [sha256, len(body), packed])
        return sha256

    def has(self, sha256: str) -> bool:
        """Whether bytes with this digest are stored."""
        with explained(self.path):
            return self._db.execute("SELECT 1 FROM body WHERE sha256 = ?", [sha256]).fetchone() is not None

    def body(self, sha256: str) -> bytes:
        """The bytes with this digest, checked against it.

        Raises:
            StorageError: there are none, or what is stored is not what was received.
        """
        with explained(self.path):
            row = self._db.execute("SELECT zstd FROM body WHERE sha256 = ?", [sha256]).fetchone()
        if row is None:
            raise StorageError(f"{self.path} has no body {sha256}: it was lost, let a night fetch the page again.")
        try:
            content = zstandard.ZstdDecompressor().decompress(row[0])
        except zstandard.ZstdError:
            content = None
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            raise StorageError(f"{self.path} holds damaged bytes for body {sha256}: restore the file from a copy.")
        return content
