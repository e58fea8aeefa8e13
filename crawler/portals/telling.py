"""What a search for portals, or a check of them, prints in the end."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import click
from sqlite_utils import Database

from crawler.portals.found import Unsettled, unsettled
from crawler.portals.places import places
from crawler.portals.search import Ended, SearchOrder
from crawler.portals.verify import Change, Checked


def tell_search(ended: Ended, order: SearchOrder) -> int:
    """Say what was found and what could not be settled; gives the exit status."""
    found = ended.found
    click.echo(
        f"新登记 {len(found.new)} 个门户网站，确认 {len(found.confirmed)} 个，请求 {ended.requests} 次 "
        f"{len(found.new)} portals are new, {len(found.confirmed)} confirmed, {ended.requests} requests"
    )
    for code, (registered, proven) in found.differing.items():
        click.echo(
            f"  {code} {_name(code)}: 登记为 {registered}，查得为 {proven}，未改动；可用 portals verify --accept 采用 "
            f"registered as {registered}, found at {proven}; left as it is: portals verify --accept takes it over"
        )
    if not ended.is_whole:
        click.echo(
            "查找中断，再次运行即可继续 Cut short; run again to go on: "
            f"python -m crawler portals find --db {order.files.db}"
        )
        return 1
    with closing(sqlite3.connect(order.files.db)) as connection:
        open_places = list(unsettled(Database(connection), order.selectors))
    click.echo(f"未能确定 {len(open_places)} 处 Could not be settled: {len(open_places)}")
    for one in open_places:
        click.echo(_unsettled_line(one))
    return 1 if open_places or found.differing else 0


def tell_check(checked: Checked) -> int:
    """Say which portals no longer prove themselves; gives the exit status."""
    confirmed = len(checked.ended.found.confirmed)
    click.echo(
        f"确认 {confirmed} 个，有变化或未能确认 {len(checked.changes)} 个 "
        f"{confirmed} confirmed, {len(checked.changes)} changed or not confirmed"
    )
    for change in checked.changes:
        click.echo(_change_line(change, taken_over=change in checked.taken_over))
    if not checked.ended.is_whole:
        click.echo("核对中断，再次运行即可继续 Cut short; run again to go on")
    left = len(checked.changes) - len(checked.taken_over)
    return 1 if left or not checked.ended.is_whole else 0


def _unsettled_line(one: Unsettled) -> str:
    return f"  {one.place.code} {one.place.full_name}: {one.zh} | {one.en}"


def _change_line(change: Change, *, taken_over: bool) -> str:
    if taken_over:
        next_zh, next_en = f"，已改登记为 {change.instead}", f", now registered as {change.instead}"
    elif change.instead:
        next_zh, next_en = f"，{change.instead} 可取代（--accept）", f", {change.instead} can take its place (--accept)"
    else:
        next_zh = next_en = ""
    return f"  {change.code} {_name(change.code)} {change.home_url}: {change.zh}{next_zh} | {change.en}{next_en}"


def _name(code: str) -> str:
    return places()[code].full_name if code in places() else ""
