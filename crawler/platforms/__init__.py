"""One module a family of content-management systems that asks or answers in its own way; all others are data."""

from __future__ import annotations

from itertools import chain

from crawler.pages import Page
from crawler.platforms.aspx import Aspx
from crawler.platforms.dash_list import DashList
from crawler.platforms.epoint import Epoint
from crawler.platforms.family import families
from crawler.platforms.gd import Gd
from crawler.platforms.generic import Generic
from crawler.platforms.hanweb import Hanweb
from crawler.platforms.huilan import Huilan
from crawler.platforms.jpaas import Jpaas
from crawler.platforms.lonsun import Lonsun
from crawler.platforms.pc_list import PcList
from crawler.platforms.trs import Trs
from crawler.platforms.truecms import Truecms
from crawler.platforms.ucap import Ucap
from crawler.platforms.xxgk import Xxgk

WAYS_OF_THEIR_OWN: dict[str, type[Generic]] = {
    "aspx": Aspx,
    "dash_list": DashList,
    "epoint": Epoint,
    "gd": Gd,
    "hanweb": Hanweb,
    "hanweb_jpaas": Jpaas,
    "hanweb_xxgk": Xxgk,
    "huilan": Huilan,
    "lonsun": Lonsun,
    "pc_list": PcList,
    "trs": Trs,
    "truecms": Truecms,
    "ucap": Ucap,
}
PLATFORMS: tuple[Generic, ...] = (
    Generic(),
    *(WAYS_OF_THEIR_OWN.get(family.name, Generic)(family) for family in families()),
)


def platform_of(page: Page, hint: str | None = None) -> Generic:
    """The adapter for a page: the one the registry names, else that of the product that made it or that it links to."""
    named = (platform for platform in PLATFORMS if platform.name == hint)
    made = (platform for platform in PLATFORMS if platform.family.made(page))
    linked = (platform for platform in PLATFORMS if platform.family.is_linked_from(page))
    return next(chain(named, made, linked), PLATFORMS[0])
