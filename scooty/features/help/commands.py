"""``/help [topic]``: all that a person may do, made from the commands: nothing is missing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.declarations import DeclaredChoice, DeclaredOption
from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Command, Component, Feature
from scooty.core.i18n import ENGLISH, FRENCH, localizations
from scooty.core.requests import StaleComponentError
from scooty.domain.roles import Role
from scooty.features.help.replies import HELP_TOPIC, HelpEntry, Topic, overview, topic_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome

_TOPICS: Final[Mapping[tuple[str, ...], Topic]] = {
    ("scout",): Topic.REPORT,
    ("report",): Topic.REPORT,
    ("admin", "delete-scout"): Topic.REPORT,
    ("coverage",): Topic.ROUNDS,
    ("assign",): Topic.ROUNDS,
    ("Turn",): Topic.REPORT,
    ("check",): Topic.LOOK_UP,
    ("stats",): Topic.LOOK_UP,
    ("matchup",): Topic.LOOK_UP,
    ("team", "record"): Topic.LOOK_UP,
    ("opponent",): Topic.LOOK_UP,
    ("predict",): Topic.LOOK_UP,
    ("deck",): Topic.LOOK_UP,
    ("deck", "add"): Topic.REPORT,
    ("Scouting",): Topic.LOOK_UP,
    ("event",): Topic.EVENTS,
    ("admin",): Topic.EVENTS,
    ("live",): Topic.EVENTS,
    ("player",): Topic.PLAYERS,
    ("team",): Topic.PLAYERS,
    ("archetype",): Topic.ARCHETYPES,
    ("admin", "archetype"): Topic.ARCHETYPES,
    ("privacy",): Topic.PRIVACY,
    ("export",): Topic.PRIVACY,
    ("import",): Topic.EVENTS,
    ("pairings",): Topic.ROUNDS,
    ("result",): Topic.ROUNDS,
    ("standings",): Topic.ROUNDS,
    ("round",): Topic.ROUNDS,
    ("brief",): Topic.ROUNDS,
    ("setup",): Topic.SETUP,
    ("audit",): Topic.SETUP,
}
"""By the first word or words of a path, the most of them first; all else is operations."""
_BY_CODE: Final = {topic.code: topic for topic in Topic}
_TOPIC: Final = DeclaredOption(
    name="topic",
    description=ENGLISH("option.topic"),
    name_localizations=localizations("option.topic.name"),
    description_localizations=localizations("option.topic"),
    choices=tuple(
        DeclaredChoice(
            name=ENGLISH(topic.title),
            value=topic.code,
            name_localizations=localizations(topic.title),
        )
        for topic in Topic
    ),
)


async def _explain(
    entries: tuple[HelpEntry, ...], request: CommandRequest, _ports: Ports
) -> Outcome:
    topic = _BY_CODE.get(request.text("topic"))
    if topic is None:
        return overview(entries, request.role, request.t)
    return topic_page(entries, topic, request.role, request.t)


async def _turn_to(
    entries: tuple[HelpEntry, ...], request: ComponentRequest, _ports: Ports
) -> Outcome:
    topic = _BY_CODE.get(request.values[0]) if request.values else None
    if topic is None:
        raise StaleComponentError
    return UpdateMessage(reply=topic_page(entries, topic, request.role, request.t))


def feature_beside(others: Iterable[Feature]) -> Feature:
    """Return the command that explains itself and all others, and its select of topics."""
    commands = (*(each for other in others for each in other.commands), _help(()))
    entries = entries_of(commands)
    return Feature(
        commands=(_help(entries),),
        components=(
            Component(verb=HELP_TOPIC, handler=partial(_turn_to, entries), role=Role.READER),
        ),
    )


def _help(entries: tuple[HelpEntry, ...]) -> Command:
    return Command(
        path="help",
        handler=partial(_explain, entries),
        role=Role.READER,
        options=(_TOPIC,),
        shows_no_team=True,
    )


def entries_of(commands: Iterable[Command]) -> tuple[HelpEntry, ...]:
    """Describe every command, in their order."""
    known = tuple(commands)
    present = {each.handler: each.path for each in known if not _is_earlier(each.path)}
    return tuple(
        _entry(each, present.get(each.handler, "") if _is_earlier(each.path) else "")
        for each in known
    )


def _is_earlier(path: str) -> bool:
    return path.startswith("admin ")


def _entry(command: Command, now: str) -> HelpEntry:
    topic, role = _topic(command.path), command.role
    if command.kind == "slash":
        call = dict.fromkeys(("en", "fr"), f"/{command.path}")
        text = {"en": ENGLISH(command.description_key), "fr": FRENCH(command.description_key)}
        same_as = f"/{now}" if now else ""
        return HelpEntry(topic=topic, role=role, call=call, text=text, same_as=same_as)
    menu = "help.menu.message" if command.kind == "message" else "help.menu.user"
    call = {"en": ENGLISH(command.described_as), "fr": FRENCH(command.described_as)}
    return HelpEntry(topic=topic, role=role, call=call, text={}, menu=menu)


def _topic(path: str) -> Topic:
    words = tuple(path.split())
    for count in range(len(words), 0, -1):
        topic = _TOPICS.get(words[:count])
        if topic is not None:
            return topic
    return Topic.OPERATIONS
