"""Web pages saved as one file (MHTML, RFC 2557), which word processors also write under the name of a DOC."""

from __future__ import annotations

from email import message_from_bytes, policy

from pipelines.readers.kinds import Kind, Reason, Unreadable


def page_of(data: bytes) -> bytes:
    """The bytes of the first HTML part. Raises ``Unreadable`` when there is none."""
    message = message_from_bytes(data.lstrip(), policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html" and isinstance(page := part.get_payload(decode=True), bytes):
            return page
    raise Unreadable(Kind.MHTML, Reason.NOTHING_INSIDE)
