"""An invented event to look at: people who do not exist, and reports that partly disagree."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from scooty.core.call import Caller
from scooty.domain.ids import GuildId, MemberId, ReportId, RequestId
from scooty.errors import StorageError
from scooty.features.events.calls import CreateEvent, EventCreated
from scooty.features.reports.calls.looking_up import CheckPlayer, PlayerFound
from scooty.features.reports.calls.recording import RecordReport, ReportRecorded, UndoReport

if TYPE_CHECKING:
    from scooty.core.calls import Calls

DEMO_EVENT_NAME: Final = "Demo Open"

_FIRST_REQUEST_ID: Final = 1_200_000_000_000_000_000
"""Fixed ids, so that a demo that was cut short is completed and not doubled."""
_FIRST_UNDO_ID: Final = _FIRST_REQUEST_ID + 1_000
_REPORTERS: Final = (
    (MemberId(1_300_000_000_000_000_001), "Camille"),
    (MemberId(1_300_000_000_000_000_002), "Sam"),
    (MemberId(1_300_000_000_000_000_003), "Robin"),
)
_PLAYERS: Final = (
    "Adèle Fontanel",
    "Anselm Richter",
    "Beatriz Olmedo",
    "Bram Verhoeven",
    "Caoimhe O'Dowd",
    "Chiara Bellomo",
    "Dag Lindqvist",
    "Darius Whitlock",
    "Éloïse Marchetti",
    "Emeka Obiora",
    "Fenna de Wit",
    "Finn Albrecht",
    "Gaspard Lemoine",
    "Greta Nordahl",
    "Hana Kurosawa",
    "Hugo Delacroix",
    "Ines Carvalho",
    "Ivo Petrov",
    "Jana Kovářová",
    "Jonas Hildebrandt",
    "Juno Castellane",
    "Kaito Morinaga",
    "Katya Volkonska",
    "Leandro Quiroga",
    "Léo Vasseur",
    "Lucía Barrenechea",
    "Maren Østby",
    "Milo Haverkamp",
    "Nadia Benchekroun",
    "Nils Thorsen",
    "Océane Rivault",
    "Otto Grünwald",
    "Paloma Echeverri",
    "Quentin Harcourt",
    "Rhys Penhallow",
    "Saoirse Kinnane",
    "Théo Bonnaire",
    "Ulrike Steinbach",
    "Viktor Halász",
    "Zoë Papadaki",
)
_ARCHETYPES: Final = (
    "Boros Energy",
    "Izzet Prowess",
    "Dimir Midrange",
    "Azorius Control",
    "Mono-Red Aggro",
    "Amulet Titan",
    "Golgari Yawgmoth",
    "Domain Zoo",
)
_COMMENTS: Final = (
    None,
    "Seen on the next table, game two",
    None,
    "Sideboards heavily against graveyards",
    None,
    None,
    "Plays slowly: call for time early",
)
_ROUNDS: Final = 3
_AT_ONCE: Final = 10
"""Of different players, so that none waits for another."""
_DISAGREES_EVERY: Final = 6


async def write_demo(calls: Calls, guild_id: GuildId) -> None:
    """Write the event with its 40 players and 120 reports, unless it was written before.

    Raises:
        StorageUnavailable: When the database is away; call again later.
        StorageError: When a report was not stored.
    """
    camille = _REPORTERS[0][0]
    created = await calls.write(
        Caller(guild_id=guild_id, request_id=RequestId(_FIRST_REQUEST_ID), member_id=camille),
        CreateEvent(name=DEMO_EVENT_NAME, member_id=camille),
    )
    if not isinstance(created, EventCreated):
        return
    last = await calls.read(guild_id, CheckPlayer(name=_PLAYERS[-1]))
    if isinstance(last, PlayerFound) and last.card.report_count >= _ROUNDS:
        return
    places = range(_ROUNDS * len(_PLAYERS))
    for start in places[::_AT_ONCE]:
        batch = places[start : start + _AT_ONCE]
        recorded = await asyncio.gather(*(_write_report(calls, guild_id, place) for place in batch))
        strays = [
            (place, report.report_id)
            for place, report in zip(batch, recorded, strict=True)
            if report.card.event.id != created.event.id
        ]
        for place, report_id in strays:
            await _withdraw(calls, guild_id, place, report_id)
        if strays:
            return


async def _withdraw(calls: Calls, guild_id: GuildId, place: int, report_id: ReportId) -> None:
    # The demo was cut short, and somebody has begun an event of their own since.
    member_id, request_id = _reporter(place)[0], RequestId(_FIRST_UNDO_ID + place)
    await calls.write(
        Caller(guild_id=guild_id, request_id=request_id, member_id=member_id),
        UndoReport(report_id=report_id, member_id=member_id),
    )


def _reporter(place: int) -> tuple[MemberId, str]:
    round_, player = divmod(place, len(_PLAYERS))
    return _REPORTERS[(player + round_) % len(_REPORTERS)]


async def _write_report(calls: Calls, guild_id: GuildId, place: int) -> ReportRecorded:
    round_, player = divmod(place, len(_PLAYERS))
    # The last round's scouts take every sixth player for something else.
    disagrees = round_ == _ROUNDS - 1 and player % _DISAGREES_EVERY == 0
    reporter_id, reporter_name = _reporter(place)
    request_id = RequestId(_FIRST_REQUEST_ID + 1 + place)
    recorded = await calls.write(
        Caller(guild_id=guild_id, request_id=request_id, member_id=reporter_id),
        RecordReport(
            reporter_id=reporter_id,
            reporter_name=reporter_name,
            opponent=_PLAYERS[player],
            archetype=_ARCHETYPES[(player * 5 + player // 8 + disagrees) % len(_ARCHETYPES)],
            comment=_COMMENTS[place % len(_COMMENTS)],
        ),
    )
    if not isinstance(recorded, ReportRecorded):
        raise StorageError(f"report {place} of the demo was answered {type(recorded).__name__}")
    return recorded
