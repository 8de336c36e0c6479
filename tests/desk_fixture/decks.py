"""Decklists as people paste and upload them, for the tests of ``/deck``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from actors.discord_gateway.interactions import AttachmentOption
from tests.desk_fixture.desk import SAM
from tests.desk_fixture.reading import as_text, button
from tests.desk_fixture.uploading import gateway_holding

if TYPE_CHECKING:
    from actors.discord_gateway.interactions import Person
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

__all__ = ["DECKS", "ENERGY", "ENERGY_REPORT", "HOME_BREW", "paste", "saved", "upload_deck"]

ENERGY = """Deck
4 Guide of Souls (MH3) 29
4 Ocelot Pride (MH3) 38
4 Ajani, Nacatl Pariah // Ajani, Nacatl Avenger
4 Goblin Bombardment
4 Galvanic Discharge
4 Phlage, Titan of Fire's Fury
4 Seasoned Pyromancer
4 Static Prison
8 Plains
20 Mountain

Sideboard
3 Wear // Tear
2 Obsidian Charmaw
4 Orim's Chant
6 Surgical Extraction
"""
ENERGY_REPORT = "Report as Boros Energy"
HOME_BREW = "60 Grizzly Bears\n\nSideboard\n15 Naturalize\n"
DECKS = """
    select p.name, d.main, d.side, d.companion, d.added_by from scooty_private.decklists d
    join scooty_private.players p on p.guild_id = d.guild_id and p.id = d.player_id
    where d.guild_id = %s order by p.name
"""


async def paste(desk: TeamDesk, player: str, written: str, *, by: Person = SAM) -> Conclusion:
    """Fill in the form that ``/deck add`` opens."""
    return await desk.submit("deck:paste@1", by=by, player=player, list=written)


async def upload_deck(
    desk: TeamDesk, player: str, content: bytes | str | None, *, size: int = 100, **more: Any
) -> Conclusion:
    """Upload a list, of which Discord says that it is so large."""
    raw = content.encode() if isinstance(content, str) else content
    gateway = gateway_holding({"https://x/deck.txt": raw})
    at_desk = replace(desk, ports=replace(desk.ports, gateway=gateway))
    attachment = AttachmentOption(
        id=1, filename="deck.txt", size=size, content_type=None, url="https://x/deck.txt"
    )
    return await at_desk.command("deck add", player=player, file=attachment, **more)


async def saved(
    desk: TeamDesk,
    player: str,
    written: str = ENERGY,
    *,
    press: str = "Keep list only",
    by: Person = SAM,
) -> Conclusion:
    """Paste a list and press a button of its preview, which must succeed."""
    previewed = await paste(desk, player, written, by=by)
    conclusion = await desk.press(button(previewed, press), by=by)
    assert conclusion.verdict == "ok", as_text(conclusion.response)
    return conclusion
