"""Two guilds at one desk: whatever one of them tries, it sees and changes nothing of the other."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field, replace
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any, Final, cast

import psycopg
import pytest

from actors.cache.in_memory import InMemoryCache, Shelf
from actors.discord_gateway.attachment_message import AttachmentFetched
from actors.discord_gateway.declarations import OptionKind
from actors.discord_gateway.interactions import (
    AttachmentOption,
    AutocompleteRequested,
    ButtonPressed,
    CommandInvoked,
    ModalSubmitted,
    Option,
    SelectChosen,
    SubmittedField,
)
from actors.discord_gateway.kept_message import ChannelSeen
from actors.discord_gateway.replies import Reply, ShowModal, UpdateMessage
from actors.testing import run_actor
from scooty.commands.ports import BoardShown
from scooty.commands.registry import COMMANDS, COMPONENTS
from scooty.rendering.custom_ids import PICK_ARCHETYPE
from scooty.rendering.problems import Effect
from scooty.rendering.report_import import APPLY_REPORTS
from scooty.storage import CachedStorage
from scooty.storage.books import Books
from scooty.storage.books.settings import SettingsBook
from scooty.storage.told_calls import ToldCalls
from tests.desk_fixture.declared import declared_options
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

    from actors.discord_gateway.declarations import DeclaredOption
    from actors.discord_gateway.interactions import InteractionAction, OptionValue
    from actors.discord_gateway.replies import Response
    from scooty.commands.command import Command, Component
    from scooty.rendering.share_chart import ShareChart
    from scooty.storage import SqlStorage
    from tests.desk_fixture.desk import TeamDesk

OTHER_CAPTAIN: Final = replace(CAPTAIN, user_id=1_300_000_000_000_000_901, display_name="Kim")
CHANNEL, ROLE = 1_310_000_000_000_000_001, 1_310_000_000_000_000_002
FILE_URL: Final = "https://cdn.discordapp.com/attachments/1/2/"

PLAYERS: Final = ("Quillon Marabout", "Brunhilde Ostrava", "Cassius Pelletan", "Dorabella Ruysdael")
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
    )
    for word in text.split()
)
"""What only the first guild's people know."""
PLAYER_NAMES: Final = (*PLAYERS, PLAYER_ALIAS, *LISTED, DRAFTED, IMPORTED)
ARCHETYPE_NAMES: Final = (*ARCHETYPES, ARCHETYPE_ALIAS)
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "opponent": PLAYER_NAMES,
    "player": PLAYER_NAMES,
    "check name": PLAYER_NAMES,
    "privacy forget-player name": PLAYER_NAMES,
    "player merge into": PLAYER_NAMES,
    "player alias alias": PLAYER_NAMES,
    "platform": ("MTGO",),
    "archetype": ARCHETYPE_NAMES,
    "archetype merge into": ARCHETYPE_NAMES,
    "archetype alias alias": ARCHETYPE_NAMES,
    "archetype add name": ARCHETYPE_NAMES,
    "archetype edit name": ARCHETYPE_NAMES,
    "admin archetype add name": ARCHETYPE_NAMES,
    "aliases": ARCHETYPE_NAMES,
    "format": ("modern",),
    "emoji": ("🔥",),
    "colour": ("#ff0000",),
    "colours": ("WU",),
    "event": EVENTS,
    "event create name": EVENTS,
    "admin create-event name": EVENTS,
    "report": (*PLAYERS, *ARCHETYPES),
    "comment": (COMMENT,),
    "content": (f"{PLAYERS[0]} plays {ARCHETYPES[0]}",),
    "setup ethics text": (ETHICS_LINE,),
    "player import text": LISTED,
    "roster": LISTED,
    "job": ("digest",),
    "since": ("7d",),
    "round": ("3",),
    "table_number": ("12",),
    "variant": ("list",),
    "companion": (DETAILS["companion"],),
    "key_cards": (DETAILS["key_cards"],),
    "sideboard": (DETAILS["sideboard"],),
    "play_pattern": (DETAILS["play_pattern"],),
}
"""What the first guild calls its things, by the option or the field that may name one; the path is
said where one name is an option of several meanings."""


def names_for(path: str, name: str) -> tuple[str, ...]:
    found = NAMES.get(f"{path} {name}", NAMES.get(name))
    assert found is not None, f"NAMES says nothing of what may be typed into “{name}” of {path}"
    return found


def beginning(name: str) -> str:
    """A search for ``name`` that holds none of its words."""
    return " ".join(word[:-2] if len(word) > 4 else "" for word in name.split())


# What is planted


@dataclass(frozen=True)
class ChartWords:
    """Draws charts as the words that are in them."""

    async def draw(self, chart: ShareChart) -> bytes:
        return repr(chart).encode()


FILES: Final[Mapping[str, str]] = {
    "player import": "\n".join(LISTED),
    "import": f"player,archetype\n{IMPORTED},{ARCHETYPES[0]}\n",
}
"""What is uploaded, by the command: it names the first guild's people."""


@dataclass(frozen=True)
class UploadedFiles:
    """What was uploaded, by the command that ends the address."""

    async def fetch(self, url: str, *, limit_bytes: int) -> AttachmentFetched:  # noqa: ARG002 - small
        return AttachmentFetched(content=FILES[url.removeprefix(FILE_URL)].encode())


@dataclass
class ChannelsOfOneGuild:
    """All channels are one guild's; remembers what was shown and taken down in them."""

    guild_id: int
    touched: list[tuple[str, int]] = field(default_factory=list)

    async def look_at(self, channel_id: int) -> ChannelSeen:  # noqa: ARG002 - all are alike
        return ChannelSeen(guild_id=self.guild_id, takes_messages=True, open_to_everyone=False)

    async def show(self, guild_id: int) -> BoardShown:
        self.touched.append(("show", guild_id))
        return BoardShown(message_id=77, is_pinned=True)

    async def take_down(self, *, guild_id: int, channel_id: int, message_id: int) -> bool:  # noqa: ARG002 - the guild counts
        self.touched.append(("take_down", guild_id))
        return True


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
    storage = cast("SqlStorage", desk_at_event.ports.storage)
    calls = storage.calls
    async with run_actor(InMemoryCache(Shelf())) as cache:
        kept = CachedStorage(storage, cache=cache, settings=SettingsBook(calls))
        ports = replace(
            desk_at_event.ports,
            storage=kept,
            books=Books(ToldCalls(calls, kept)),
            settings=kept.settings,
            charts=ChartWords(),
            attachments=UploadedFiles(),
            live=ChannelsOfOneGuild(desk_at_event.guild_id),
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
    union all select max(request_id) from scooty_private.drafts where guild_id = %s
    union all select max(id) from scooty_private.archetypes where guild_id = %s
    union all select min(id) from scooty_private.archetypes where guild_id = %s
"""
"""Two that one button may name stand beside each other."""


def ids_of(desk: TeamDesk) -> Iterator[int]:
    for (found,) in desk.rows(IDS):
        assert found is not None
        yield int(found)


# What is tried


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """Something that somebody may do, and the words that they must know to do it."""

    label: str
    action: InteractionAction

    @property
    def typed(self) -> str:
        return repr(_values(self.action)).casefold()


def _values(action: InteractionAction) -> tuple[object, ...]:
    match action:
        case CommandInvoked(options=options) | AutocompleteRequested(options=options):
            values = tuple(option.value for option in options)
            files = [each.url for each in values if isinstance(each, AttachmentOption)]
            return (*values, *(FILES[url.removeprefix(FILE_URL)] for url in files))
        case ModalSubmitted(fields=fields):
            return tuple(each.value for each in fields)
        case ButtonPressed() | SelectChosen():
            return ()


def tried_of_command(
    path: str, declared: tuple[DeclaredOption, ...], ids: tuple[int, ...]
) -> Iterator[Attempt]:
    """The command by ids, by beginnings of names, then by names; with and without what may lack."""
    needed = tuple(each for each in declared if each.required)
    for chosen in dict.fromkeys((needed, declared)):
        for turn in range(2 * len(PLAYER_NAMES) + len(ids)):
            options = tuple(
                Option(name=each.name, value=value_of(path, each, ids, turn)) for each in chosen
            )
            yield Attempt(label=path, action=CommandInvoked(path=path, options=options))
            if not any(each.kind is OptionKind.STRING and not each.choices for each in chosen):
                break


OF_KINDS: Final[Mapping[OptionKind, OptionValue]] = {
    OptionKind.BOOLEAN: True,
    OptionKind.INTEGER: 3,
    OptionKind.USER: SAM.user_id,
    OptionKind.CHANNEL: CHANNEL,
    OptionKind.ROLE: ROLE,
}


def value_of(path: str, option: DeclaredOption, ids: tuple[int, ...], turn: int) -> OptionValue:
    """First the ids as text, then beginnings of names, then the names."""
    if option.choices:
        return option.choices[turn % len(option.choices)].value
    if option.kind is OptionKind.ATTACHMENT:
        return uploaded(path)
    if option.kind is not OptionKind.STRING:
        assert option.kind in OF_KINDS, f"OF_KINDS has nothing for “{option.name}” of {path}"
        return OF_KINDS[option.kind]
    if turn < len(ids):
        return str(ids[turn])
    names = names_for(path, option.name)
    # Of two things that one command is about, each is another.
    name = names[(turn + (option.name == "into")) % len(names)]
    return beginning(name) if turn < len(ids) + len(PLAYER_NAMES) else name


def uploaded(path: str) -> AttachmentOption:
    assert path in FILES, f"FILES says nothing of what may be uploaded with {path}"
    return AttachmentOption(
        id=1, filename="a.csv", size=len(FILES[path]), content_type=None, url=FILE_URL + path
    )


def tried_of_typing(
    path: str, command: Command, declared: tuple[DeclaredOption, ...], ids: tuple[int, ...]
) -> Iterator[Attempt]:
    """Every autocompleter: empty, by ids, by beginnings, by the names themselves."""
    for focused in command.autocompleters:
        names = names_for(path, focused)
        others = tuple(
            Option(name=each.name, value=value_of(path, each, ids, 0))
            for each in declared
            if each.name != focused
        )
        for text in ("", *map(str, ids), *map(beginning, names), *names):
            options = (*others, Option(name=focused, value=text))
            action = AutocompleteRequested(path=path, focused=focused, options=options)
            yield Attempt(label=f"{path} ({focused})", action=action)


def tried_of_component(component: Component, planted: Planted) -> Iterator[Attempt]:
    """The ids in every place: of a button, of a select's values, and under a form's fields."""
    verb, label, ids = component.verb, component.verb.log_name, planted.ids
    singles = [(each,) for each in ids]
    # Where one number holds two, as a page of the audit does, the first is beyond the last eight
    # digits.
    held = [(each * 10**8,) for each in ids]
    beside = [pair for a, b in pairwise(ids) for pair in ((a, b), (b, a), (a, a), (a, 1))]
    for arguments in ((), *singles, *beside, *held, (10**18, SAM.user_id)):
        custom_id = verb(*arguments)
        yield Attempt(label=label, action=ButtonPressed(custom_id=custom_id, message_id=9))
    for arguments, value in (*product([()], ids), *product(singles, (ids[-1], 0))):
        action = SelectChosen(custom_id=verb(*arguments), message_id=9, values=(str(value),))
        yield Attempt(label=label, action=action)
    fields = tuple(
        SubmittedField(custom_id=name, value=names_for("form", name)[0])
        for name in sorted(planted.fields)
    )
    for arguments in ((), *product(ids, (1, 2))):
        yield Attempt(label=label, action=ModalSubmitted(custom_id=verb(*arguments), fields=fields))


# What is seen


def seen_in(response: Response) -> str:
    """All words of an answer: what is read, what is behind it, and what is in its files."""
    text = [as_text(response), repr(response)]
    reply = response.reply if isinstance(response, UpdateMessage) else response
    if isinstance(reply, Reply):
        text += [contents(file.name, file.content) for file in reply.files]
    return "\n".join(text).casefold()


def contents(name: str, content: bytes) -> str:
    if not name.endswith((".xlsx", ".zip")):
        return f"{name}\n{content.decode('utf-8', 'replace')}"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [contents(each, archive.read(each)) for each in archive.namelist()]
    return "\n".join((name, *parts))


def words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


def attempts_by_target(planted: Planted) -> dict[str, list[Attempt]]:
    """Everything that there is to try, by what it is done to."""
    declared = dict(declared_options())
    tried: dict[str, list[Attempt]] = {}
    for path, command in COMMANDS.items():
        tried[path] = [
            *tried_of_typing(path, command, declared[path], planted.ids),
            *tried_of_command(path, declared[path], planted.ids),
        ]
    for component in COMPONENTS.values():
        tried[component.verb.log_name] = list(tried_of_component(component, planted))
    return tried


@pytest.mark.parametrize("at_an_event", [True, False], ids=["at an event", "without an event"])
async def test_a_guild_sees_and_changes_nothing_of_another_whatever_it_tries(
    planted: Planted, *, at_an_event: bool
) -> None:
    before, leaks = dump(planted.desk), []
    channels = cast("ChannelsOfOneGuild", planted.desk.ports.live)
    channels.touched.clear()

    for target, attempts in attempts_by_target(planted).items():
        # A guild of its own for each target: what it types becomes what it may read.
        stranger, known = planted.desk.other_guild(), ""
        if at_an_event:
            await stranger.command("admin create-event", by=OTHER_CAPTAIN, name="Ours")
        for attempt in attempts:
            known += attempt.typed
            conclusion = await stranger.act(attempt.action, by=OTHER_CAPTAIN)
            seen = words_of(seen_in(conclusion.response)) & SECRETS - words_of(known)
            leaks += [(attempt, word) for word in seen]
        assert dump(planted.desk) == before, target

    assert leaks == []
    assert channels.touched == []


async def test_the_same_attempts_show_the_guilds_own_people_all_of_it(planted: Planted) -> None:
    effects = {path: command.effect for path, command in COMMANDS.items()}
    effects |= {verb.log_name: component.effect for verb, component in COMPONENTS.items()}
    for verb in (PICK_ARCHETYPE, APPLY_REPORTS):
        effects[verb.log_name] = Effect.NOTHING  # nothing else shows what waits for them
    found: set[str] = set()

    for target, attempts in attempts_by_target(planted).items():
        for attempt in attempts if effects[target] is Effect.NOTHING else ():
            conclusion = await planted.desk.act(attempt.action, by=CAPTAIN)
            found |= words_of(seen_in(conclusion.response)) - words_of(attempt.typed)

    assert found >= SECRETS
