"""``/deck add player [file]``: keep a player's list after a look at it, and report the archetype.

What was read is kept in the database until it is applied; the file itself is dropped at once.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.attachment_message import AttachmentFetched
from actors.discord_gateway.declarations import DeclaredOption, OptionKind
from actors.discord_gateway.interactions import AttachmentOption
from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Command, Component, Feature
from scooty.core.desk.attachments import fetch
from scooty.core.i18n import ENGLISH, localizations
from scooty.core.inputs import TextOption
from scooty.core.requests import Refused
from scooty.core.storage.imports import DropImport, EventOver, ImportGone
from scooty.core.storage.port import NoActiveEvent
from scooty.core.text.previews import nothing_changed
from scooty.core.text.problems import Effect
from scooty.domain.deck_rules import rules_for, suggest
from scooty.domain.decks import deck_of
from scooty.domain.files import FileTooLarge, parse_decklist
from scooty.domain.ids import ArchetypeId, RequestId
from scooty.domain.names import is_name
from scooty.domain.roles import Role
from scooty.domain.text import clean
from scooty.errors import UserError
from scooty.features.decks.calls.decks import (
    ApplyDecklist,
    ArchetypeGone,
    DeckApplied,
    KeepDecklist,
)
from scooty.features.decks.replies import deck_refusals as refused
from scooty.features.decks.replies.deck_preview import (
    CANCEL_DECK,
    CHOOSE_DECK_ARCHETYPE,
    DECK_FIELD,
    KEEP_DECK,
    PASTE_DECK,
    PLAYER_FIELD,
    REPORT_DECK,
    deck_added,
    deck_form,
    deck_preview,
)
from scooty.features.reports.commands.scout import suggest_opponents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, Request
    from scooty.domain.deck_rules import FormatRules, Suggestion
    from scooty.domain.decks import Deck
    from scooty.domain.files import DecklistFile

LARGEST_FILE: Final = 64 * 1024
"""Bytes: twenty times a list of a hundred different cards with their sets and numbers."""
MOST_CARDS: Final = 250
"""Different ones: more is a collection, no deck."""
_PLAYER: Final = TextOption(
    name="player",
    name_key="option.known_player.name",
    description_key="option.deck_player",
    limit=100,
    autocomplete=True,
)


async def add(request: CommandRequest, ports: Ports) -> Outcome:
    """Read a file and show what it is; without one, open a form."""
    player = _PLAYER.read(request)
    file = next((each.value for each in request.options if each.name == _FILE.name), None)
    if not isinstance(file, AttachmentOption):
        return deck_form(player, request.t)
    if file.size > LARGEST_FILE:
        return Refused(response=refused.file_too_large(LARGEST_FILE, request.t))
    fetched = await fetch(ports.gateway, file.url, limit_bytes=LARGEST_FILE)
    if isinstance(fetched, AttachmentFetched):
        return await _preview(request, ports, player, fetched.content)
    if fetched.reason == "too_large":
        return Refused(response=refused.file_too_large(LARGEST_FILE, request.t))
    return Refused(response=refused.file_not_fetched(request.t))


async def read_form(request: ComponentRequest, ports: Ports) -> Outcome:
    """Show what a pasted list is."""
    given = {each.custom_id: each.value for each in request.fields}
    player = clean(given.get(PLAYER_FIELD, ""))
    if not is_name(player) or not any(map(str.isalnum, player)):
        option = request.t(_PLAYER.name_key)
        raise UserError("problem.text_length", option=option, limit=_PLAYER.limit)
    return await _preview(request, ports, player, given.get(DECK_FIELD, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A list, and what it may be in each format."""

    file: DecklistFile
    deck: Deck
    rules: Sequence[FormatRules]

    def suggested(self, event_format: str | None) -> Suggestion:
        """Tell what it is in an event of that format."""
        return suggest(self.deck, rules_for(event_format, self.rules))

    @property
    def archetypes(self) -> tuple[str, ...]:
        """All that it may be: which format counts is known only with the event."""
        ways = (*((each,) for each in self.rules), tuple(self.rules))
        found = (suggest(self.deck, way).archetypes for way in ways)
        return tuple(dict.fromkeys(name for names in found for name in names))


async def _preview(request: Request, ports: Ports, player: str, content: bytes | str) -> Outcome:
    # On a thread, so that others are served meanwhile.
    read = await asyncio.to_thread(_read, content, ports.deck_rules)
    if read is None:
        return Refused(response=refused.file_too_large(LARGEST_FILE, request.t))
    if not read.file.entries:
        return Refused(response=refused.no_card_in_it(read.file.skipped, request.t))
    if len(read.deck.main) + len(read.deck.side) > MOST_CARDS:
        return Refused(response=refused.too_many_cards(MOST_CARDS, request.t))
    archetypes = await asyncio.to_thread(lambda: read.archetypes)
    keep = KeepDecklist(player=player, deck=read.deck, archetypes=tuple(archetypes))
    kept = await ports.calls.write(request.caller, keep)
    if isinstance(kept, NoActiveEvent):
        return Refused(response=refused.no_event(request.t))
    suggestion = read.suggested(kept.format)
    return deck_preview(kept, read.deck, read.file, suggestion, request.t, player=player)


def _read(content: bytes | str, rules: Sequence[FormatRules]) -> _Read | None:
    file = parse_decklist(content)
    if isinstance(file, FileTooLarge):
        return None
    return _Read(file=file, deck=deck_of(file), rules=rules)


async def report(request: ComponentRequest, ports: Ports) -> Outcome:
    """Keep the list, and report its player as the archetype of the button."""
    return await _apply(request, ports, ArchetypeId(request.argument(1)))


async def report_other(request: ComponentRequest, ports: Ports) -> Outcome:
    """Keep the list, and report its player as the archetype that was chosen."""
    return await _apply(request, ports, ArchetypeId(request.chosen_id()))


async def keep(request: ComponentRequest, ports: Ports) -> Outcome:
    """Keep the list, and report nothing."""
    return await _apply(request, ports, None)


async def _apply(
    request: ComponentRequest, ports: Ports, archetype_id: ArchetypeId | None
) -> Outcome:
    apply = ApplyDecklist(
        member_name=request.member_name,
        import_id=RequestId(request.argument(0)),
        archetype_id=archetype_id,
    )
    outcome = await ports.calls.write(request.caller, apply)
    match outcome:
        case DeckApplied():
            return UpdateMessage(reply=deck_added(outcome, request.t))
        case ImportGone():
            return Refused(response=UpdateMessage(reply=refused.deck_gone(request.t)))
        case EventOver():
            return Refused(response=UpdateMessage(reply=refused.event_over(outcome, request.t)))
        case ArchetypeGone():
            return Refused(response=refused.archetype_gone(request.t))
        case _:
            assert_never(outcome)


async def cancel(request: ComponentRequest, ports: Ports) -> Outcome:
    """Forget the list."""
    drop = DropImport(import_id=RequestId(request.argument(0)))
    await ports.calls.write(request.caller, drop)
    return UpdateMessage(reply=nothing_changed(request.t))


_FILE: Final = DeclaredOption(
    name="file",
    description=ENGLISH("option.deck_file"),
    kind=OptionKind.ATTACHMENT,
    name_localizations=localizations("option.file.name"),
    description_localizations=localizations("option.deck_file"),
)
FEATURE: Final = Feature(
    commands=(
        Command(
            path="deck add",
            handler=add,
            options=(_PLAYER, _FILE),
            role=Role.SCOUT,
            autocompleters={_PLAYER.name: suggest_opponents},
            effect=Effect.PREVIEW,
            deferral="reply_with_file",
        ),
    ),
    components=(
        Component(
            verb=PASTE_DECK,
            handler=read_form,
            role=Role.SCOUT,
            effect=Effect.PREVIEW,
            deferral="reply",
        ),
        Component(verb=REPORT_DECK, handler=report, role=Role.SCOUT, effect=Effect.DECK),
        Component(
            verb=CHOOSE_DECK_ARCHETYPE, handler=report_other, role=Role.SCOUT, effect=Effect.DECK
        ),
        Component(verb=KEEP_DECK, handler=keep, role=Role.SCOUT, effect=Effect.DECK),
        Component(verb=CANCEL_DECK, handler=cancel, role=Role.SCOUT, effect=Effect.PREVIEW),
    ),
)
