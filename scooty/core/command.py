"""What a feature is made of: its commands and its buttons, and how Discord is told of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from actors.discord_gateway.declarations import (
    CommandDeclaration,
    DeclaredOption,
    SubcommandDeclaration,
    SubcommandGroupDeclaration,
)
from scooty.core.i18n import ENGLISH, localizations
from scooty.core.text.problems import Effect

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from actors.discord_gateway.replies import OfferChoices
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, TypingRequest
    from scooty.core.text.custom_ids import Verb
    from scooty.core.waiting import WaitingWrite
    from scooty.domain.roles import Role

Deferral: TypeAlias = Literal["reply", "update", "never", "reply_unless_bare", "reply_with_file"]
"""What to show when the answer takes long: "thinking…", the button's own message, or nothing.

``never`` is for what may answer with a form: a form must be the first answer.
``reply_unless_bare`` is for a command that answers with a form when it comes without options,
``reply_with_file`` for one that does when it comes without a file.
"""

CommandHandler: TypeAlias = "Callable[[CommandRequest, Ports], Awaitable[Outcome]]"
Autocompleter: TypeAlias = "Callable[[TypingRequest, Ports], Awaitable[OfferChoices]]"
ComponentHandler: TypeAlias = "Callable[[ComponentRequest, Ports], Awaitable[Outcome]]"


class Input(Protocol):
    """An option that knows how it is read."""

    def declared(self) -> DeclaredOption:
        """Return it as Discord is told."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A slash command or sub-command."""

    path: str
    """By spaces, as in ``admin create-event``; of a context menu, its name."""
    handler: CommandHandler
    role: Role
    """The least role that may use it."""
    options: tuple[DeclaredOption | Input, ...] = ()
    described_as: str = ""
    """Where the catalogues describe it; ``command.`` and its path unless this says otherwise."""
    kind: Literal["slash", "message", "user"] = "slash"
    administrators_only: bool = False
    """Discord's own default permissions of the whole command, beside the roles."""
    autocompleters: Mapping[str, Autocompleter] = field(default_factory=dict)
    """By option."""
    effect: Effect = Effect.NOTHING
    """What it changes, so that an error can say whether it did."""
    deferral: Deferral = "reply"
    shows_no_team: bool = False
    """Nothing of a team is in its answer, so it is given while nobody knows who has which role."""

    @property
    def description_key(self) -> str:
        """Where the catalogues describe it."""
        path = self.path.replace(" ", ".").replace("-", "_")
        return self.described_as or f"command.{path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A button, select or form of one of our messages."""

    verb: Verb
    handler: ComponentHandler
    role: Role
    effect: Effect = Effect.NOTHING
    deferral: Deferral = "update"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """What a module of a feature adds to the desk."""

    commands: tuple[Command, ...] = ()
    components: tuple[Component, ...] = ()
    waiting: tuple[type[WaitingWrite[Any]], ...] = ()
    """The writes that wait for the database while it is away."""


def declarations_of(commands: Iterable[Command]) -> tuple[CommandDeclaration, ...]:
    """Say how Discord is told of commands: those that share their first word are one."""
    trees: dict[str, list[Command]] = {}
    for command in commands:
        first = command.path.split()[0] if command.kind == "slash" else command.path
        trees.setdefault(first, []).append(command)
    return tuple(_declaration(name, tuple(tree)) for name, tree in trees.items())


def _declaration(name: str, tree: tuple[Command, ...]) -> CommandDeclaration:
    first = tree[0]
    if first.kind != "slash":
        return CommandDeclaration(
            name=name, kind=first.kind, name_localizations=localizations(first.described_as)
        )
    is_leaf = first.path == name
    key = first.description_key if is_leaf else f"command.{name}"
    return CommandDeclaration(
        name=name,
        description=ENGLISH(key),
        description_localizations=localizations(key),
        options=_options(first) if is_leaf else (),
        children=() if is_leaf else _children(name, tree),
        administrators_only=first.administrators_only,
    )


def _children(
    parent: str, tree: tuple[Command, ...]
) -> tuple[SubcommandDeclaration | SubcommandGroupDeclaration, ...]:
    children: dict[str, SubcommandDeclaration | SubcommandGroupDeclaration] = {}
    for command in tree:
        name, *rest = command.path.removeprefix(f"{parent} ").split()
        if not rest:
            children[name] = _subcommand(name, command)
        elif name not in children:
            path = f"{parent} {name} "
            key = f"command.{parent}.{name}"
            children[name] = SubcommandGroupDeclaration(
                name=name,
                description=ENGLISH(key),
                description_localizations=localizations(key),
                subcommands=tuple(
                    _subcommand(each.path.removeprefix(path), each)
                    for each in tree
                    if each.path.startswith(path)
                ),
            )
    return tuple(children.values())


def _subcommand(name: str, command: Command) -> SubcommandDeclaration:
    return SubcommandDeclaration(
        name=name,
        description=ENGLISH(command.description_key),
        description_localizations=localizations(command.description_key),
        options=_options(command),
    )


def _options(command: Command) -> tuple[DeclaredOption, ...]:
    return tuple(
        option if isinstance(option, DeclaredOption) else option.declared()
        for option in command.options
    )
