"""Addresses made absolute as browsers do it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import absolute


@pytest.mark.parametrize(
    ("base", "address", "expected"),
    [
        ("http://a.gov.cn/", "", "http://a.gov.cn/"),
        ("http://a.gov.cn/zwgk//nb/index.html", "t1.html", "http://a.gov.cn/zwgk//nb/t1.html"),
        ("http://a.gov.cn/zwgk//nb/index.html", "../t1.html", "http://a.gov.cn/zwgk//t1.html"),
        ("http://a.gov.cn/zwgk//nb/", "?page=2", "http://a.gov.cn/zwgk//nb/?page=2"),
        (
            "http://a.gov.cn/zwgk/",
            "./nb//t1.html?from=http://b//c",
            "http://a.gov.cn/zwgk/nb//t1.html?from=http://b//c",
        ),
        ("https://a.gov.cn/", "//b.gov.cn//nb/", "https://b.gov.cn//nb/"),
    ],
)
def test_an_empty_segment_is_a_segment(base: str, address: str, expected: str) -> None:
    assert absolute(base, address) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("\\zfxxgk\\nb\\t1.html", "http://a.gov.cn/zfxxgk/nb/t1.html"),
        ("list.jsp?path=a\\b", "http://a.gov.cn/nb/list.jsp?path=a\\b"),
        ("show.jsp;jsessionid=0A1B.node-1?id=7", "http://a.gov.cn/nb/show.jsp?id=7"),
    ],
)
def test_backslashes_are_slashes_and_sessions_no_part_of_an_address(address: str, expected: str) -> None:
    assert absolute("http://a.gov.cn/nb/", address) == expected


@given(st.lists(st.sampled_from(["nb", "", "2024n"]), max_size=5), st.sampled_from(["t1.html", "a/t1.html", "?b=c"]))
def test_what_lies_below_a_folder_keeps_its_path(segments: list[str], address: str) -> None:
    base = "http://a.gov.cn/" + "".join(f"{segment}/" for segment in segments)
    assert absolute(base, address) == base + address
