"""What is said of every command and button while the database is away, or without a right."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
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
    Person,
    SelectChosen,
    SubmittedField,
)
from actors.discord_gateway.kept_message import ChannelSeen
from actors.discord_gateway.replies import OfferChoices
from actors.repository.messages import DatabaseUnavailable
from actors.scheduler.messages import FireNow, LedgerAway, ListJobs, PauseJob
from actors.testing import Probe
from scooty.core.calls import Sql
from scooty.core.i18n import translator_for
from scooty.core.ports import Ports
from scooty.core.storage.settings import GuildSettings
from scooty.core.text.problems import Effect
from scooty.domain.health import PartHealth, SystemHealth
from scooty.domain.ids import GuildId
from scooty.features.registry import COMMANDS, COMPONENTS
from tests.desk_fixture.declared import declared_options
from tests.desk_fixture.desk import CAPTAIN, TeamDesk
from tests.desk_fixture.reading import as_text, reviewed
from tests.desk_fixture.uploading import gateway_holding
from tests.repository_road import RepositoryRoad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actors.discord_gateway.declarations import DeclaredOption
    from actors.discord_gateway.interactions import InteractionAction, OptionValue
    from actors.kernel import Address
    from actors.scheduler.messages import SchedulerMessage

HERE: Final = Path(__file__).parent
DECLARED: Final = dict(declared_options())
SCOUTS, READERS = 12, 13
TEAM: Final = GuildSettings(
    scout_role_ids=frozenset({SCOUTS}), reader_role_ids=frozenset({READERS})
)
STRANGER: Final = Person(user_id=5, display_name="Nobody")
READER: Final = replace(STRANGER, role_ids=(READERS,))
SCOUT: Final = replace(STRANGER, role_ids=(SCOUTS,))
TEXTS: Final = {
    "round": "3",
    "roster": "Jane Doe",
    "list": "60 Island",
    "pasted": "A B vs C D",
    "since": "7d",
    "colours": "WU",
    "colour": "red",
}
SELECTING: Final = {
    "check:open",
    "coverage:claim",
    "coverage:release",
    "deck:choose",
    "deck:other",
    "help:topic",
    "pairings:same",
    "player:choose-merge",
    "player:same",
    "standings:same",
}
FORMS: Final = {
    "chat:report",
    "deck:paste",
    "pairings:add",
    "pairings:number",
    "pairings:paste",
    "player:paste",
    "report:save-details",
    "report:save-edit",
    "standings:add",
    "standings:paste",
}
FIELDS: Final = ("archetype", "comment", "list", "opponent", "pasted", "player", "roster", "round")
NEEDS_NO_DATABASE: Final = {
    "deck add",
    "help",
    "help:topic",
    "ping",
    "privacy policy",
    "privacy delete-me",
    "Turn into scout",
    "archetype:keep",
    "pairings:more",
    "pairings:round",
    "player:cancel",
    "standings:more",
}
"""What is answered from what the program knows itself."""


@dataclass(frozen=True)
class SetTeam:
    """Knows the team's settings, as the cache does while the database is away."""

    async def read(self, *, guild_id: GuildId) -> GuildSettings:  # noqa: ARG002 - the one team's
        return TEAM


@dataclass(frozen=True)
class AwayHealth:
    """Says that the database is away."""

    async def read(self) -> SystemHealth:
        away, well = PartHealth(state="unreachable"), PartHealth(state="connected")
        return SystemHealth(gateway=well, database=away, cache=well, actors=())


def away_scheduler() -> Address[SchedulerMessage]:
    """Answer as a scheduler does whose ledger is in the database."""
    scheduler = Probe("scheduler")
    scheduler.answer(ListJobs, LedgerAway())
    scheduler.answer(FireNow, LedgerAway())
    scheduler.answer(PauseJob, LedgerAway())
    return scheduler.address


def away(*, may_have_been_saved: bool) -> RepositoryRoad:
    """Return a road to a database that is away; a write may have reached it or not."""
    road = RepositoryRoad()
    road.error = DatabaseUnavailable(detail="away", may_have_been_saved=may_have_been_saved)
    return road


def written(road: RepositoryRoad) -> int:
    """Count what was asked to be written."""
    return sum(call.writes for call in road.asked)


def desk_without_database(road: RepositoryRoad, *, french: bool = False) -> TeamDesk:
    calls = Sql(road.address)
    guild_id = GuildId(1)
    channel = ChannelSeen(guild_id=guild_id, takes_messages=True, open_to_everyone=False)
    ports = Ports(
        calls=calls,
        settings=SetTeam(),
        health=AwayHealth(),
        scheduler=away_scheduler(),
        gateway=gateway_holding({"u": b"player,archetype\nJane Doe,Burn\n"}, channel=channel),
    )
    locale = "fr" if french else "en-US"
    return TeamDesk(ports=ports, dsn="", repository=road.address, guild_id=guild_id, locale=locale)


def everything() -> Iterator[tuple[str, Effect, InteractionAction]]:
    """Every command, and every button, select and form, as its people use it."""
    for path, command in COMMANDS.items():
        options = tuple(
            Option(name=each.name, value=usual(each))
            for each in DECLARED[path]
            if each.required or each.name in OPTIONAL.get(path, ())
        )
        yield path, command.effect, CommandInvoked(path=path, options=options)
    for verb, component in COMPONENTS.items():
        yield verb.log_name, component.effect, used(verb.log_name, verb(7, 1))


OPTIONAL: Final = {
    "pairings import": ("file",),
    "standings import": ("file",),
    "player import": ("text",),
    "setup roles": ("scout",),
    "setup channels": ("admin",),
    "setup digest": ("channel",),
    "archetype edit": ("name",),
    "live start": ("channel",),
}
"""What a command needs though none of its options is required by itself."""


def usual(option: DeclaredOption) -> OptionValue:
    if option.choices:
        return option.choices[0].value
    match option.kind:
        case OptionKind.STRING:
            return TEXTS.get(option.name, "7")
        case OptionKind.BOOLEAN:
            return True
        case OptionKind.ATTACHMENT:
            return AttachmentOption(id=1, filename="a", size=9, content_type=None, url="u")
        case _:
            return 7


def used(log_name: str, custom_id: str) -> InteractionAction:
    if log_name in SELECTING:
        values = ("report",) if log_name == "help:topic" else ("7",)
        return SelectChosen(custom_id=custom_id, message_id=9, values=values)
    if log_name in FORMS:
        fields = tuple(
            SubmittedField(custom_id=name, value=TEXTS.get(name, "Burn")) for name in FIELDS
        )
        return ModalSubmitted(custom_id=custom_id, fields=fields)
    return ButtonPressed(custom_id=custom_id, message_id=9)


@pytest.mark.parametrize("may_have_been_saved", [False, True], ids=["for sure", "perhaps"])
@pytest.mark.parametrize("french", [False, True], ids=["en", "fr"])
async def test_all_that_fails_with_the_database_says_whether_anything_was_saved(
    *, french: bool, may_have_been_saved: bool
) -> None:
    desk = desk_without_database(away(may_have_been_saved=may_have_been_saved), french=french)
    t = translator_for(desk.locale)
    answered = set()

    for name, effect, action in everything():
        conclusion = await desk.act(action, by=CAPTAIN)
        text = as_text(conclusion.response)
        if conclusion.verdict == "ok":
            answered.add(name)
            continue
        lost = may_have_been_saved and conclusion.verdict == "unavailable"
        titles = {t(effect.perhaps_done) if lost else t(effect.not_done), t(effect.not_done)}
        assert any(title in text for title in titles), (name, text)

    assert answered == NEEDS_NO_DATABASE


async def test_all_that_writes_says_what_it_changes_but_for_the_line_that_an_export_leaves() -> (
    None
):
    road = away(may_have_been_saved=True)
    desk = desk_without_database(road)
    silent = set()

    for name, effect, action in everything():
        before = written(road)
        await desk.act(action, by=CAPTAIN)
        if effect is Effect.NOTHING and written(road) > before:
            silent.add(name)

    assert silent == {"export csv", "export json", "export xlsx"}


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_answers_without_a_database_and_without_a_right_are_as_they_were_reviewed(
    language: str,
) -> None:
    said: defaultdict[str, list[str]] = defaultdict(list)

    for title, by, saved in (
        ("the database is away", CAPTAIN, False),
        ("the database's answer was lost", CAPTAIN, True),
        ("a stranger", STRANGER, False),
        ("a reader", READER, False),
        ("a scout", SCOUT, False),
    ):
        desk = desk_without_database(away(may_have_been_saved=saved), french=language == "fr")
        for name, _, action in everything():
            conclusion = await desk.act(action, by=by)
            if conclusion.verdict != "ok" and (by is CAPTAIN or conclusion.verdict == "refused"):
                said[f"{title}: {as_text(conclusion.response)}"].append(name)
    page = "\n".join(
        f"{text}\n> {', '.join(sorted(names))}\n" for text, names in sorted(said.items())
    )

    assert page == reviewed(HERE / "answers" / f"away.{language}.md", page)


@pytest.mark.parametrize("by", [CAPTAIN, STRANGER], ids=["a captain", "a stranger"])
async def test_whoever_types_is_offered_nothing_without_a_database(by: Person) -> None:
    desk = desk_without_database(away(may_have_been_saved=False))

    for path, command in COMMANDS.items():
        for focused in command.autocompleters:
            typed = (Option(name=focused, value="zz"),)
            action = AutocompleteRequested(path=path, focused=focused, options=typed)
            conclusion = await desk.act(action, by=by)
            assert conclusion.response == OfferChoices(choices=()), (path, focused)
