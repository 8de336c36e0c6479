"""``/help [topic]``: all that a person may do, made from the declarations: nothing is missing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.declarations import (
    CommandDeclaration,
    DeclaredChoice,
    DeclaredOption,
    SubcommandDeclaration,
    SubcommandGroupDeclaration,
)
from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Command, Component
from scooty.core.i18n import ENGLISH, localizations
from scooty.core.requests import StaleComponentError
from scooty.domain.roles import Role
from scooty.features.help.replies import HELP_TOPIC, HelpEntry, Topic, overview, topic_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from actors.discord_gateway.declarations import Localized
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

DECLARATION: Final = CommandDeclaration(
    name="help",
    description=ENGLISH("command.help"),
    description_localizations=localizations("command.help"),
    options=(
        DeclaredOption(
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
        ),
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


def command_beside(
    others: Iterable[Command], declarations: Iterable[CommandDeclaration]
) -> Command:
    """Return the command that explains itself and all others."""
    entries = entries_of(others, declarations)
    return Command(
        path="help", handler=partial(_explain, entries), role=Role.READER, shows_no_team=True
    )


def component_beside(
    others: Iterable[Command], declarations: Iterable[CommandDeclaration]
) -> Component:
    """Return the select of topics."""
    handler = partial(_turn_to, entries_of(others, declarations))
    return Component(verb=HELP_TOPIC, handler=handler, role=Role.READER)


def entries_of(
    others: Iterable[Command], declarations: Iterable[CommandDeclaration]
) -> tuple[HelpEntry, ...]:
    """Describe every declared command, in the order of the declarations."""
    commands = tuple(others)
    roles = {command.path: command.role for command in commands} | {"help": Role.READER}
    present = {each.handler: each.path for each in commands if not _is_earlier(each.path)}
    now = {each.path: present.get(each.handler, "") for each in commands if _is_earlier(each.path)}
    leaves = [each for declaration in declarations for each in _leaves(declaration)]
    return tuple(_entry(path, leaf, roles[path], now.get(path, "")) for path, leaf in leaves)


def _is_earlier(path: str) -> bool:
    return path.startswith("admin ")


def _leaves(
    declaration: CommandDeclaration | SubcommandGroupDeclaration, before: str = ""
) -> Iterator[tuple[str, CommandDeclaration | SubcommandDeclaration]]:
    path = f"{before}{declaration.name}"
    if isinstance(declaration, SubcommandGroupDeclaration):
        for child in declaration.subcommands:
            yield f"{path} {child.name}", child
        return
    if not declaration.children:
        yield path, declaration
    for inner in declaration.children:
        if isinstance(inner, SubcommandDeclaration):
            yield f"{path} {inner.name}", inner
        else:
            yield from _leaves(inner, f"{path} ")


def _entry(
    path: str, leaf: CommandDeclaration | SubcommandDeclaration, role: Role, now: str
) -> HelpEntry:
    topic = _topic(path)
    kind = leaf.kind if isinstance(leaf, CommandDeclaration) else "slash"
    if kind == "slash":
        call = dict.fromkeys(("en", "fr"), f"/{path}")
        text = _by_language(leaf.description_localizations, leaf.description)
        same_as = f"/{now}" if now else ""
        return HelpEntry(topic=topic, role=role, call=call, text=text, same_as=same_as)
    menu = "help.menu.message" if kind == "message" else "help.menu.user"
    call = _by_language(leaf.name_localizations, path)
    return HelpEntry(topic=topic, role=role, call=call, text={}, menu=menu)


def _topic(path: str) -> Topic:
    words = tuple(path.split())
    for count in range(len(words), 0, -1):
        topic = _TOPICS.get(words[:count])
        if topic is not None:
            return topic
    return Topic.OPERATIONS


def _by_language(localized: Localized, otherwise: str) -> dict[str, str]:
    texts = dict(localized)
    return {"en": texts.get("en-US", otherwise), "fr": texts.get("fr", otherwise)}
