"""Which addresses a crawl may ask for."""

import pytest

from crawler.hosts import belongs
from crawler.portals.registry import Portal

REAL = Portal(code="350128", name="平潭县", home_url="https://www.pingtan.gov.cn/", extra_hosts=("zfxxgk.example.cn",))
LOCAL = Portal(code="350128", name="平潭县", home_url="http://127.0.0.13:8013/")


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("", False),
        ("https://www.pingtan.gov.cn/zwgk/", True),
        ("http://www.pingtan.gov.cn/zwgk/", True),
        ("https://pingtan.gov.cn/", True),
        ("https://zfxxgk.pingtan.gov.cn/", True),
        ("https://WWW.PINGTAN.GOV.CN./", True),
        ("https://zfxxgk.example.cn/nb/", True),
        ("https://www.pingtan.gov.cn:8443/", False),
        ("https://www.fuzhou.gov.cn/", False),
        ("https://www.pingtan.gov.cn.evil.com/", False),
        ("https://www.pingtan.gov.cn@evil.com/", False),
        ("https://gov.cn/", False),
        ("ftp://www.pingtan.gov.cn/", False),
        ("http://127.0.0.1/", False),
        ("http://2130706433/", False),
        ("http://0x7f.1/", False),
        ("http://[::1]/", False),
        ("http://169.254.169.254/latest/", False),
        ("http://localhost:8001/", False),
        ("http://www.pingtan.gov.cn:port/", False),
    ],
)
def test_a_real_portal_keeps_to_its_own_site(url: str, allowed: bool) -> None:
    assert belongs(url, REAL) is allowed


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://127.0.0.13:8013/zwgk/", True),
        ("http://127.0.0.13:8014/", False),
        ("http://127.0.0.12:8013/", False),
        ("http://127.0.0.13/", False),
        ("https://www.pingtan.gov.cn/", False),
    ],
)
def test_a_portal_on_this_machine_is_exactly_one_address(url: str, allowed: bool) -> None:
    assert belongs(url, LOCAL) is allowed
