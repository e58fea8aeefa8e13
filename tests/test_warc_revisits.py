"""Records that stand for a body recorded before: in the same file, in another, in the archive, or nowhere."""

import base64
import hashlib
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcs import (
    DATE,
    HTML,
    OTHER,
    OURS,
    PAGE,
    RECEIVED,
    URL,
    Desk,
    Warc,
    as_wget_does,
    office,
)

__all__ = ["office"]


@pytest.mark.parametrize(
    ("profile", "refers", "status"),
    [
        ("server-not-modified", {"WARC_Refers_To": "<urn:uuid:a>"}, 304),
        ("server-not-modified", {"WARC_Refers_To_Target_URI": URL, "WARC_Refers_To_Date": DATE}, 304),
        ("identical-payload-digest", {"WARC_Refers_To": "<urn:uuid:a>"}, 200),
        ("identical-payload-digest", {"WARC_Payload_Digest": "SHA1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"}, 200),
    ],
)
@pytest.mark.parametrize("with_head", [True, False])
def test_a_revisit_is_resolved(
    office: Desk, tmp_path: Path, profile: str, refers: dict[str, str], status: int, *, with_head: bool
) -> None:
    warc = Warc(tmp_path / "first.warc.gz")
    warc.response(WARC_Record_ID="<urn:uuid:a>", WARC_Payload_Digest="sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ")
    again = {"WARC_Target_URI": URL, "WARC_Date": "2023-04-02T00:00:00Z", **refers}
    again["WARC_Profile"] = f"http://netpreserve.org/warc/1.0/revisit/{profile}"
    head = StatusAndHeaders(f"{status} Said", [("Date", "today")], protocol="HTTP/1.1") if with_head else None
    warc.add("revisit", b"", head, **again)

    result = office.take(warc.save())

    assert result.exit_code == 0, result.output
    sha256 = OURS[2]
    assert office.rows("SELECT status, sha256, revisit_of, received_at FROM capture ORDER BY id") == [
        (200, sha256, None, RECEIVED),
        (status, sha256, 1 if status == 304 else None, "2023-04-02T00:00:00+00:00"),
    ]


def test_a_revisit_may_refer_to_an_earlier_file_and_to_nothing_it_may_not(office: Desk, tmp_path: Path) -> None:
    office.take(as_wget_does(tmp_path / "first.warc.gz"))
    later = Warc(tmp_path / "later.warc.gz")
    profile = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    later.add("revisit", WARC_Profile=profile, WARC_Date="2023-04-02T00:00:00Z", WARC_Refers_To_Date=DATE)
    later.add("revisit", WARC_Profile=profile, WARC_Date="2023-05-02T00:00:00Z", WARC_Target_URI=OTHER)

    result = office.take(later.save())

    assert result.exit_code == 1
    assert office.rows("SELECT status, revisit_of FROM capture ORDER BY id") == [(200, None), (304, 1)]
    [(kind, url, why)] = office.rows("SELECT kind, url, message_en FROM incident")
    assert (kind, url) == ("truncated", OTHER)
    assert "neither in this file nor here" in why


@pytest.mark.parametrize("together", [True, False])
def test_a_revisit_as_wget_writes_it_refers_to_another_file(office: Desk, tmp_path: Path, *, together: bool) -> None:
    first = Warc(tmp_path / "first.warc.gz")
    first.response()
    digest = f"sha1:{base64.b32encode(hashlib.sha1(PAGE).digest()).decode()}"
    later = Warc(tmp_path / "later.warc.gz")
    head = StatusAndHeaders("200 OK", HTML, protocol="HTTP/1.1")
    profile = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
    said = {"WARC_Refers_To": "<urn:uuid:b>", "WARC_Profile": profile, "WARC_Payload_Digest": digest}
    later.add("revisit", b"", head, WARC_Date="2023-04-02T00:00:00Z", WARC_Truncated="length", **said)
    files = [first.save(), later.save()]

    results = [office.take(*files)] if together else [office.take(file) for file in files]

    assert [result.exit_code for result in results] == [0] * len(results)
    assert office.rows("SELECT status, sha256, revisit_of FROM capture") == [(200, OURS[2], None)] * 2
