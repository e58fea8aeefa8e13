"""The HTTP response in a record's block: its head, and its body with chunks and codings undone, in bounded memory."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

import brotli

from pipelines.inflating import WINDOWS, inflated
from pipelines.reasons import Sentence
from pipelines.warc.files import LENGTH, Record
from pipelines.warc.words import say

MEGABYTE = 1024 * 1024
LARGEST_BODY = 32 * MEGABYTE  # as a night's, by default
LARGEST_HEAD = MEGABYTE // 4
MOST_CODINGS = 3
STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +([1-5]\d\d)\b")
HEAD_END = re.compile(rb"\r?\n\r?\n")
CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\n]{0,200})?\r?\n")
ENCODED = {"transfer-encoding", "content-encoding"}
ALGORITHMS = {"md5", "sha1", "sha256", "sha512"}


class Unusable(Exception):
    """A record that gives no capture: ``kind`` of incident, and the ``sentence`` that says why."""

    def __init__(self, kind: str, sentence: Sentence) -> None:
        super().__init__(sentence.en)
        self.kind = kind
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Message:
    """A response as the archive keeps it: ``headers`` without those of chunks and codings, ``body`` without either."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


def message_of(record: Record) -> Message:
    """The response in a record.

    Raises:
        Unusable: it is too large, incomplete, damaged, or no HTTP response.
        BrokenOff: the file ends within it.
    """
    if record.length > LARGEST_BODY + LARGEST_HEAD:
        raise _too_large()
    if "warc-segment-number" in record.fields:
        raise Unusable("unreadable_format", say("segmented"))
    if record.kind == "response" and "warc-truncated" in record.fields:
        raise Unusable("truncated", say("cut_by_recorder", detail=record.fields["warc-truncated"]))
    block = record.block()
    if record.kind == "response":
        _verify(record, block)
    end = HEAD_END.search(block, 0, LARGEST_HEAD)
    head, payload = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    status = STATUS.match(head)
    if status is None or len(head) > LARGEST_HEAD:
        raise Unusable("unreadable_format", say("not_http"))
    headers = _headers(head)
    body = _decoded(payload, headers) if record.kind == "response" else b""
    return Message(int(status[1]), [pair for pair in headers if pair[0].lower() not in ENCODED], body)


def _verify(record: Record, block: bytes) -> None:
    """Compare the block with its digest, where we know the algorithm."""
    if agrees(block, record.fields.get("warc-block-digest", "")) is False:
        raise Unusable("truncated", say("wrong_digest"))


def agrees(data: bytes, labelled: str) -> bool | None:
    """Whether data has a digest as WARC writes it (1.1, section 5.8), in base 32 or 16; None for one unknown to us."""
    algorithm, _, printed = labelled.partition(":")
    if (algorithm := algorithm.lower().replace("-", "")) not in ALGORITHMS:
        return None
    digest = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    return printed.upper().rstrip("=") in {
        base64.b32encode(digest).decode().rstrip("="),
        base64.b16encode(digest).decode(),
    }


def _headers(head: bytes) -> list[tuple[str, str]]:
    """Header fields in their order, in the one-byte characters in which HTTP has them (RFC 9112, section 2.2)."""
    lines = head.decode("latin-1").splitlines()[1:]
    pairs = (line.partition(":") for line in lines if not line.startswith((" ", "\t")))
    return [(name.strip(), value.strip()) for name, colon, value in pairs if colon]


def _decoded(payload: bytes, headers: list[tuple[str, str]]) -> bytes:
    codings = [
        coding.strip().lower()
        for wanted in ("content-encoding", "transfer-encoding")
        for name, value in headers
        if name.lower() == wanted
        for coding in value.split(",")
    ]
    if not codings:
        _compare_length(payload, headers)
    for coding in reversed(codings[-MOST_CODINGS:]):
        payload = _undone(payload, coding)
    if len(payload) > LARGEST_BODY:
        raise _too_large()
    return payload


def _compare_length(payload: bytes, headers: list[tuple[str, str]]) -> None:
    """A longer body may have been decoded by whoever made the file; a shorter one has lost something."""
    declared = next((value for name, value in headers if name.lower() == "content-length"), "")
    if LENGTH.fullmatch(declared) and len(payload) < int(declared):
        raise _shorter()


def _undone(data: bytes, coding: str) -> bytes:
    """The data without this coding; as it is where the recorder has undone it already, or the coding is none."""
    if coding == "chunked":
        return _dechunked(data)
    if coding in WINDOWS:
        return _inflated(data, coding)
    if coding == "br":
        return _unbrotlied(data)
    if coding in ("zstd", "compress", "x-compress"):
        raise Unusable("unreadable_format", say("unknown_coding", detail=coding))
    return data


def _dechunked(data: bytes) -> bytes:
    chunks: list[bytes] = []
    at = 0
    while True:
        size = CHUNK_SIZE.match(data, at)
        if size is None:
            if at == 0:
                return data
            raise _shorter()
        start = size.end()
        length = int(size[1], 16)
        if length == 0:
            return b"".join(chunks)
        if start + length > len(data):
            raise _shorter()
        chunks.append(data[start : start + length])
        at = start + length
        at += 2 if data.startswith(b"\r\n", at) else data.startswith(b"\n", at)


def _inflated(data: bytes, coding: str) -> bytes:
    """The data without gzip or deflate; as it is where it is not so coded."""
    result = inflated(data, coding, LARGEST_BODY)
    if result is None:
        return data
    body, is_whole = result
    if len(body) > LARGEST_BODY:
        raise _too_large()
    if not is_whole:
        raise _shorter()
    return body


def _unbrotlied(data: bytes) -> bytes:
    decoder = brotli.Decompressor()
    try:
        pieces = [decoder.process(data, output_buffer_limit=MEGABYTE)]
        while not decoder.can_accept_more_data():
            pieces.append(decoder.process(b"", output_buffer_limit=MEGABYTE))
            if len(pieces) * MEGABYTE > LARGEST_BODY + MEGABYTE:
                raise _too_large()
    except brotli.error:
        return data
    if not decoder.is_finished():
        raise _shorter()
    return b"".join(pieces)


def _too_large() -> Unusable:
    return Unusable("too_large", say("too_large", megabytes=LARGEST_BODY // MEGABYTE))


def _shorter() -> Unusable:
    return Unusable("truncated", say("shorter_than_declared"))
