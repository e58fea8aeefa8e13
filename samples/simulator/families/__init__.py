"""The programs that serve portals: a plain tree of pages, and one module for each that answers by program."""

from __future__ import annotations

from samples.simulator.dialect import Dialect
from samples.simulator.families.annual import Annual
from samples.simulator.families.aspx import Aspx
from samples.simulator.families.dash_list import DashList
from samples.simulator.families.epoint import Epoint
from samples.simulator.families.gkmlpt import Gkmlpt
from samples.simulator.families.huilan import Huilan
from samples.simulator.families.jpaas import Jpaas
from samples.simulator.families.jpage import Jpage
from samples.simulator.families.lonsun import Lonsun
from samples.simulator.families.pc_list import PcList
from samples.simulator.families.scripted import Scripted
from samples.simulator.families.static import Static
from samples.simulator.families.truecms import Truecms
from samples.simulator.families.ucap import Ucap
from samples.simulator.portal import Portal

PROGRAMS: dict[str, type[Static]] = {
    "static": Static,
    "ucap": Ucap,
    "jpage": Jpage,
    "jpaas": Jpaas,
    "annual": Annual,
    "gkmlpt": Gkmlpt,
    "lonsun": Lonsun,
    "pc_list": PcList,
    "epoint": Epoint,
    "aspx": Aspx,
    "huilan": Huilan,
    "dash_list": DashList,
    "truecms": Truecms,
    "scripted": Scripted,
}


def serve(portal: Portal, dialect: Dialect) -> Static:
    """The site of a portal in this dialect."""
    return PROGRAMS[dialect.program](portal, dialect)
