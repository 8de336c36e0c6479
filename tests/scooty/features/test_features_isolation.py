"""Two guilds at one desk: whatever one of them tries, it sees and changes nothing of the other."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import TYPE_CHECKING, Final

import pytest

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
from actors.discord_gateway.replies import Reply, UpdateMessage
from actors.testing import Probe
from scooty.core.text.custom_ids import PICK_ARCHETYPE
from scooty.core.text.problems import Effect
from scooty.features.registry import COMMANDS, COMPONENTS
from scooty.features.reports.replies.report_import import APPLY_REPORTS
from tests.desk_fixture.declared import declared_options
from tests.desk_fixture.desk import CAPTAIN, SAM
from tests.desk_fixture.planted import (
    ARCHETYPE_NAMES,
    ARCHETYPES,
    CHANNEL,
    COMMENT,
    DETAILS,
    ETHICS_LINE,
    EVENTS,
    FILE_URL,
    FILES,
    LISTED,
    PLAYER_NAMES,
    PLAYERS,
    ROLE,
    SECRETS,
    Planted,
    dump,
    uploaded,
)
from tests.desk_fixture.reading import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from actors.discord_gateway.declarations import DeclaredOption
    from actors.discord_gateway.interactions import InteractionAction, OptionValue
    from actors.discord_gateway.replies import Response
    from scooty.core.command import Command, Component

OTHER_CAPTAIN: Final = replace(CAPTAIN, user_id=1_300_000_000_000_000_901, display_name="Kim")
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "opponent": PLAYER_NAMES,
    "player": PLAYER_NAMES,
    "check name": PLAYER_NAMES,
    "privacy forget-player name": PLAYER_NAMES,
    "player merge into": PLAYER_NAMES,
    "player alias alias": PLAYER_NAMES,
    "platform": ("MTGO",),
    "archetype": ARCHETYPE_NAMES,
    "ours": ARCHETYPE_NAMES,
    "theirs": ARCHETYPE_NAMES,
    "score": ("2-1",),
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
    "pasted": ("  vs.  ".join(LISTED),),
    "list": (FILES["deck add"],),
    "job": ("digest",),
    "since": ("7d",),
    "round": ("3",),
    "table_number": ("12",),
    "variant": ("list",),
    "companion": (DETAILS["companion"],),
    "key_cards": (DETAILS["key_cards"],),
    "cards": (DETAILS["key_cards"], DETAILS["sideboard"], DETAILS["companion"]),
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


@pytest.mark.timeout(240)  # it grows with every command, and machines are busy
@pytest.mark.parametrize(
    "at_an_event",
    [
        pytest.param(True, id="at an event"),
        pytest.param(False, id="without an event", marks=pytest.mark.chaos),
    ],
)
async def test_a_guild_sees_and_changes_nothing_of_another_whatever_it_tries(
    planted: Planted, *, at_an_event: bool
) -> None:
    before, leaks = dump(planted.desk), []
    boards = Probe("live_board")
    ports = replace(planted.desk.ports, live_board=boards.address)
    planted = replace(planted, desk=replace(planted.desk, ports=ports))

    for target, attempts in attempts_by_target(planted).items():
        # A guild of its own for each target: what it types becomes what it may read.
        stranger, known = planted.desk.other_guild(), set[str]()
        if at_an_event:
            await stranger.command("admin create-event", by=OTHER_CAPTAIN, name="Ours")
        for attempt in attempts:
            known |= words_of(attempt.typed)
            conclusion = await stranger.act(attempt.action, by=OTHER_CAPTAIN)
            seen = words_of(seen_in(conclusion.response)) & SECRETS - known
            leaks += [(attempt, word) for word in seen]
        assert dump(planted.desk) == before, target

    assert leaks == []
    boards.expect_no_message()


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
