"""Names of a file that are only like players', and the list to say which are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import Select, SelectOption
from scooty.core.text.limits import SELECT_LABEL
from scooty.core.text.notices import shown
from scooty.core.text.style import Tone
from scooty.domain.text import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from scooty.core.i18n import Translator
    from scooty.features.players.calls.rosters import LikelyPlayer

_SHOWN: Final = 10
_NAME: Final = 60
_HALF: Final = 48
"""UTF-16 units of a name in the list, where two stand in one label."""


def likely_lines(
    likely: Sequence[LikelyPlayer], count: int, chosen: Container[int], t: Translator
) -> list[str]:
    """Ask about the first of them; of all there are ``count``."""
    if not count:
        return []
    lines = ["", t.plural("player.import.likely", count)]
    for each in likely[:_SHOWN]:
        icon = Tone.SAVED.icon if each.place in chosen else "❔"
        lines.append(
            f"{icon} {shown(clean(each.name), _NAME)} → {shown(clean(each.player), _NAME)}"
        )
    if count > _SHOWN:
        lines.append(t.plural("list.more", count - _SHOWN))
    return lines


def likely_select(
    custom_id: str, likely: Sequence[LikelyPlayer], chosen: Container[int], t: Translator
) -> Select:
    """List them, those that were chosen marked."""
    options = tuple(
        SelectOption(
            label=shorten(
                f"{shorten(clean(each.name), _HALF)} → {shorten(clean(each.player), _HALF)}",
                SELECT_LABEL,
            ),
            value=str(each.place),
            default=each.place in chosen,
        )
        for each in likely
    )
    return Select(
        custom_id=custom_id,
        options=options,
        placeholder=t("player.import.same"),
        min_values=0,
        max_values=len(options),
    )
