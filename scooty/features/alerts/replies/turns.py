"""What a team's captains read in their channel when a player turns out to play something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import Reply
from scooty.core.text.limits import MESSAGE_CONTENT
from scooty.core.text.notices import fit_lines, shown
from scooty.core.text.sightings import CONFIDENCE_WORDS
from scooty.core.text.style import mana
from scooty.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scooty.core.i18n import Translator
    from scooty.features.boards.calls import Turn

_ROOM_AROUND: Final = 250
"""For the lines above and below the turns."""


def turns_told(turns: Sequence[Turn], t: Translator, *, with_names: bool) -> Reply:
    """Say who is believed to play what now, and what before.

    Args:
        turns: At least one.
        t: The team's language.
        with_names: Whether players' names may be read where it is told; else they are numbers.
    """
    lines = [_line(turn, t, with_names=with_names) for turn in turns]
    listed, count = fit_lines(lines, MESSAGE_CONTENT - _ROOM_AROUND)
    parts = [f"🔁 **{t.plural('turns.title', len(turns))}**", listed]
    if count < len(turns):
        parts.append(t.plural("list.more", len(turns) - count))
    parts.append(t("turns.check"))
    return Reply(content="\n".join(parts), ephemeral=False)


def _line(turn: Turn, t: Translator, *, with_names: bool) -> str:
    who = shown(clean(turn.player)) if with_names else t("turns.player", number=turn.player_id)
    was = f"{shown(clean(turn.was))} {mana(turn.was_colours)}"
    now = f"{shown(clean(turn.now))} {mana(turn.now_colours)}"
    return f"• **{who}** · {was} → **{now}** · {t(CONFIDENCE_WORDS[turn.confidence])}"
