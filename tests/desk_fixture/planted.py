"""A guild with one of everything, for tests of what others may see of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, cast

import psycopg
import pytest
from typing_extensions import override

from actors.cache.in_memory import InMemoryCache, Shelf
from actors.discord_gateway.interactions import (
    AttachmentOption,
)
from actors.discord_gateway.kept_message import ChannelSeen
from actors.testing import Probe, run_actor
from scooty.core.cached import Cached
from scooty.core.calls import Sql
from scooty.core.live_board import BoardShown, ShowBoard, TakeDown
from scooty.core.ports import ChartsPort
from scooty.core.storage.settings import SettingsAsked
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, button
from tests.desk_fixture.uploading import gateway_holding

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

    from actors.cache.messages import CacheMessage
    from actors.discord_gateway.replies import ShowModal
    from actors.kernel import Address
    from actors.repository.messages import RepositoryMessage
    from scooty.core.charts.drawing import Chart
    from tests.desk_fixture.desk import TeamDesk

__all__ = [
    "ARCHETYPES",
    "ARCHETYPE_ALIAS",
    "ARCHETYPE_NAMES",
    "CHANNEL",
    "COMMENT",
    "DECK_CARD",
    "DETAILS",
    "ETHICS_LINE",
    "EVENTS",
    "FILES",
    "FILE_URL",
    "LISTED",
    "PLAYERS",
    "PLAYER_NAMES",
    "ROLE",
    "SECRETS",
    "Planted",
    "dump",
    "planted",
    "uploaded",
]

CHANNEL, ROLE = 1_310_000_000_000_000_001, 1_310_000_000_000_000_002
FILE_URL: Final = "https://cdn.discordapp.com/attachments/1/2/"

PLAYERS: Final = ("Quillon Marabout", "Brunhilde Ostrava", "Cassius Pelletan", "Dorabella Ruysdael")
DECK_CARD: Final = "Rutterkin Zanzibar"
PLAYER_ALIAS: Final = "Fontanelle"
LISTED: Final = ("Gwendolen Sassoferrato", "Hesperus Tintagel")
DRAFTED: Final = "Ignatius Ulverstone"
IMPORTED: Final = "Jessamy Kirkcaldy"
ARCHETYPES: Final = ("Vellichor Tempo", "Wyvernhold Ramp")
ARCHETYPE_ALIAS: Final = "Xylophage"
UNKNOWN_ARCHETYPE: Final = "Yggdrasil Vellichor"
EVENTS: Final = ("Zwolle Championship", "Abergavenny Masters")
COMMENT: Final = "keeps kittiwake hands"
DETAILS: Final = {
    "colours": "WU",
    "companion": "Lilliputian",
    "key_cards": "Mandragora",
    "sideboard": "Nightjar",
    "play_pattern": "Ocarina",
}
ETHICS_LINE: Final = "Pemberton rules apply"
SECRETS: Final = frozenset(
    word.casefold()
    for text in (
        *PLAYERS,
        PLAYER_ALIAS,
        *LISTED,
        DRAFTED,
        IMPORTED,
        "Vellichor",
        "Wyvernhold",
        ARCHETYPE_ALIAS,
        "Zwolle",
        "Abergavenny",
        "kittiwake",
        "Lilliputian",
        "Mandragora",
        "Nightjar",
        "Ocarina",
        "Pemberton",
        DECK_CARD,
    )
    for word in text.split()
)
"""What only the first guild's people know."""
PLAYER_NAMES: Final = (*PLAYERS, PLAYER_ALIAS, *LISTED, DRAFTED, IMPORTED)
ARCHETYPE_NAMES: Final = (*ARCHETYPES, ARCHETYPE_ALIAS)


@dataclass(frozen=True)
class ChartWords(ChartsPort):
    """Draws charts as the words that are in them."""

    @override
    async def draw(self, chart: Chart) -> bytes:
        return repr(chart).encode()


FILES: Final[Mapping[str, str]] = {
    "player import": "\n".join(LISTED),
    "import": f"player,archetype\n{IMPORTED},{ARCHETYPES[0]}\n",
    "pairings import": f"Round 9\n1  {LISTED[0]}  vs.  {LISTED[1]}\n",
    "deck add": f"4 {DECK_CARD}\n56 Island\n",
    "standings import": f"1  {LISTED[0]}  12\n2  {LISTED[1]}  9\n",
}
"""What is uploaded, by the command: it names the first guild's people."""


def cached_desk_calls(
    repository: Address[RepositoryMessage], cache: Address[CacheMessage]
) -> Cached:
    """Return a road with a cache, as the desk has it."""
    sql = Sql(repository, is_strict=True)
    return Cached(sql, cache=cache, settings=SettingsAsked(sql))


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A guild with one of everything, and what identifies it."""

    desk: TeamDesk
    ids: tuple[int, ...]
    """Of rows that commands and buttons are given."""
    fields: frozenset[str]
    """Of every form that its people were shown."""


@pytest.fixture
async def planted(desk_at_event: TeamDesk) -> AsyncIterator[Planted]:
    """A guild with one of everything, at a desk with the cache that guilds share."""
    async with run_actor(InMemoryCache(Shelf())) as cache:
        cached = cached_desk_calls(desk_at_event.repository, cache)
        files = {FILE_URL + path: content.encode() for path, content in FILES.items()}
        channel = ChannelSeen(
            guild_id=desk_at_event.guild_id, takes_messages=True, open_to_everyone=False
        )
        live_board = Probe("live_board")
        live_board.answer(ShowBoard, BoardShown(message_id=77, is_pinned=True))
        live_board.answer(TakeDown, reply=True)
        ports = replace(
            desk_at_event.ports,
            calls=cached,
            settings=cached.settings,
            charts=ChartWords(),
            gateway=gateway_holding(files, channel=channel),
            live_board=live_board.address,
        )
        desk = replace(desk_at_event, ports=ports)
        forms = await plant(desk)
        yield Planted(desk=desk, ids=tuple(ids_of(desk)), fields=forms)


async def plant(desk: TeamDesk) -> frozenset[str]:
    """Leave one of everything; return the names of the fields of all forms."""

    async def done(path: str, **options: Any) -> None:
        conclusion = await desk.command(path, by=CAPTAIN, **options)
        assert conclusion.verdict == "ok", (path, as_text(conclusion.response))

    await done("event create", name=EVENTS[1], format="modern")
    for name, colours in zip(ARCHETYPES, ("UR", "RG"), strict=True):
        await done("archetype add", name=name, colours=colours, format="modern", emoji="🔥")
    await done("archetype alias", archetype=ARCHETYPES[0], alias=ARCHETYPE_ALIAS)
    await done("event create", name=EVENTS[0], format="modern")
    for place, (name, by) in enumerate(zip(PLAYERS, (SAM, ROBIN, SAM, CAPTAIN), strict=True)):
        await desk.scouted(name, ARCHETYPES[place % 2], by=by, comment=COMMENT, round=3)
    await desk.scouted(PLAYERS[0], ARCHETYPES[1], by=ROBIN)
    forms = [await desk.command("player import", by=CAPTAIN)]
    first, last = newest(desk, "min(id)"), newest(desk, "max(id)")
    forms.append(await desk.command("report edit", by=CAPTAIN, report=str(first)))
    forms.append(await desk.press(f"report:details@1:{first}", by=CAPTAIN))
    forms.append(await desk.command("Turn into scout", target=1, content="Jane plays Burn"))
    await desk.submit(f"report:save-details@1:{first}:1", by=SAM, request_id=None, **DETAILS)
    await desk.press(f"report:delete@1:{last}:1", by=ROBIN)
    await done("player alias", player=PLAYERS[1], alias=PLAYER_ALIAS)
    merged, kept = (newest_player(desk, name) for name in PLAYERS[2:])
    await desk.press(f"player:merge@1:{kept}:{merged}", by=CAPTAIN)
    await done("player import", text=LISTED[0])
    await desk.press(f"player:apply@1:{pending_import(desk)}", by=CAPTAIN)
    await done("player import", text=LISTED[1])
    await done("import", file=uploaded("import"))
    forms.append(await desk.command("pairings import", by=CAPTAIN))
    for path in ("pairings import", "standings import"):
        asked = await desk.command(path, by=CAPTAIN, file=uploaded(path))
        await desk.press(button(asked, "Apply"), by=CAPTAIN)
        await done(path, file=uploaded(path))
    await done("team link", player=LISTED[0], member=SAM.user_id)
    plant_ending(desk)
    await done("assign", member=SAM.user_id)
    forms.append(await desk.command("deck add", by=CAPTAIN, player=PLAYERS[0]))
    await done("deck add", player=PLAYERS[0], file=uploaded("deck add"))
    deck = pending_import(desk)
    await desk.press(f"deck:keep@1:{deck}", by=CAPTAIN)
    await done("deck add", player=PLAYERS[1], file=uploaded("deck add"))
    drafted = await desk.command("scout", by=CAPTAIN, opponent=DRAFTED, archetype=UNKNOWN_ARCHETYPE)
    assert drafted.verdict == "refused"
    await done("setup roles", captain=ROLE, scout=desk.guild_id)
    await done("setup channels", admin=CHANNEL, digest=CHANNEL)
    await done("setup ethics", text=ETHICS_LINE)
    await done("setup retention", days=90)
    await done("live start", channel=CHANNEL)
    assert empty_tables(desk) == set()
    modals = [cast("ShowModal", form.response) for form in forms]
    return frozenset(each.custom_id for modal in modals for each in modal.inputs)


def plant_ending(desk: TeamDesk) -> None:
    """Leave a result of the round, and a list of who lost."""
    desk.execute(
        "insert into scooty_private.results"
        " (guild_id, event_id, round, player_id, opponent_id, outcome, told_by)"
        " select guild_id, event_id, round, player_id, opponent_id, 'win', 1"
        " from scooty_private.pairings where guild_id = %s limit 1"
    )
    desk.execute(
        "insert into scooty_private.decklists"  # noqa: S608 - of this test's own words
        " (guild_id, event_id, player_id, main, side, added_by)"
        " select guild_id, event_id, opponent_id,"
        f""" '[{{"count": 4, "card": "{DETAILS["key_cards"]}"}}]', '[]', 1"""
        " from scooty_private.results where guild_id = %s"
    )


def newest(desk: TeamDesk, which: str) -> int:
    query = f"select {which} from scooty_private.reports where guild_id = %s"  # noqa: S608 - of this test's own words
    [(found,)] = desk.rows(query)
    return int(found)


def newest_player(desk: TeamDesk, name: str) -> int:
    known = desk.rows("select name, id from scooty_private.players where guild_id = %s")
    return int(dict(known)[name])


def pending_import(desk: TeamDesk) -> int:
    [(found,)] = desk.rows(
        "select max(request_id) from scooty_private.pending_imports where guild_id = %s"
    )
    return int(found)


TABLES: Final = """
    select table_name from information_schema.columns
    where table_schema = 'scooty_private' and column_name = 'guild_id' order by table_name
"""


ROWS: Final = """
    select to_jsonb(t) from scooty_private.{table} t where guild_id = %s order by to_jsonb(t)::text
"""


def dump(desk: TeamDesk) -> dict[str, list[Any]]:
    """Every row of the guild in every table that has guilds' rows."""
    with psycopg.connect(desk.dsn) as connection:
        tables = [name for (name,) in connection.execute(TABLES.encode()).fetchall()]
        return {
            table: connection.execute(
                ROWS.format(table=table).encode(), (desk.guild_id,)
            ).fetchall()
            for table in tables
        }


def empty_tables(desk: TeamDesk) -> set[str]:
    return {table for table, rows in dump(desk).items() if not rows}


IDS: Final = """
    select max(id) from scooty_private.events where guild_id = %s
    union all select max(id) from scooty_private.players
      where guild_id = %s and merged_into is null
    union all select max(merged_into) from scooty_private.players where guild_id = %s
    union all select max(id) from scooty_private.player_merges where guild_id = %s
    union all select min(id) from scooty_private.reports where guild_id = %s
    union all select max(id) from scooty_private.reports
      where guild_id = %s and undone_at is not null
    union all select max(request_id) from scooty_private.pending_imports where guild_id = %s
    union all select min(request_id) from scooty_private.pending_imports where guild_id = %s
    union all select max(request_id) from scooty_private.pending_imports
      where guild_id = %s and kind = 'reports'
    union all select max(request_id) from scooty_private.pending_imports
      where guild_id = %s and kind = 'pairings'
    union all select max(request_id) from scooty_private.pending_imports
      where guild_id = %s and kind = 'decklist'
    union all select max(request_id) from scooty_private.drafts where guild_id = %s
    union all select max(id) from scooty_private.archetypes where guild_id = %s
    union all select min(id) from scooty_private.archetypes where guild_id = %s
"""
"""Two that one button may name stand beside each other."""


def ids_of(desk: TeamDesk) -> Iterator[int]:
    for (found,) in desk.rows(IDS):
        assert found is not None
        yield int(found)


def uploaded(path: str) -> AttachmentOption:
    assert path in FILES, f"FILES says nothing of what may be uploaded with {path}"
    return AttachmentOption(
        id=1, filename="a.csv", size=len(FILES[path]), content_type=None, url=FILE_URL + path
    )
