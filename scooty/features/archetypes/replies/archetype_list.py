"""What ``/archetype list`` answers, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.text.custom_ids import Verb
from scooty.core.text.notices import notice, shown
from scooty.core.text.pages import page_buttons
from scooty.core.text.style import Tone
from scooty.features.archetypes.replies.archetypes import format_name, headline, other_names
from scooty.features.archetypes.rules import FORMATS

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.features.archetypes.calls import (
        Archetype,
        ArchetypeList,
        RetiredName,
    )

LIST_ARCHETYPES: Final = Verb("archetype", "list")
"""Arguments: the page, from 0; the format's place among the known ones, from 1, or 0 for all."""

_ON_A_PAGE: Final = 8
"""Of which even the longest names, all of them escaped, are within one embed."""
_NAMES_SHOWN: Final = 80
_RETIRED_SHOWN: Final = 120
"""Characters of the names of what is retired."""


def format_of(place: int) -> str | None:
    """Return the format that a button's number means; None for all."""
    return FORMATS[place - 1] if 0 < place <= len(FORMATS) else None


def archetypes_listed(
    listed: ArchetypeList, t: Translator, *, page: int, played_in: str | None
) -> Reply:
    """Show one page of what may be reported, the most reported first."""
    pages = max(1, -(-len(listed.archetypes) // _ON_A_PAGE))
    page = min(page, pages - 1)
    first = page * _ON_A_PAGE
    shown_here = listed.archetypes[first : first + _ON_A_PAGE]
    entries = [_entry(archetype, t) for archetype in shown_here]
    retired = _retired(listed.retired, t) if page == pages - 1 else ""
    text = "\n".join(entries)
    place = FORMATS.index(played_in) + 1 if played_in else 0
    title = (
        t.plural("archetype.list", len(listed.archetypes))
        if played_in is None
        else t.plural(
            "archetype.list.format", len(listed.archetypes), format=format_name(played_in)
        )
    )
    return notice(
        Tone.KNOWN,
        title,
        "\n\n".join(part for part in (text or t("archetype.list.none"), retired) if part),
        footer=t("archetype.list.page", page=page + 1, pages=pages),
        components=page_buttons(lambda to: LIST_ARCHETYPES(to, place), page, pages, t),
    )


def _entry(archetype: Archetype, t: Translator) -> str:
    parts = [headline(archetype)]
    if archetype.display_colour is not None:
        parts.append(f"`#{archetype.display_colour:06X}`")
    if archetype.report_count:
        parts.append(t.plural("choice.reports", archetype.report_count))
    line = " · ".join(parts)
    names = other_names(archetype, _NAMES_SHOWN)
    return f"{line}\n-# {names}" if names else line


def _retired(retired: tuple[RetiredName, ...], t: Translator) -> str:
    if not retired:
        return ""
    names = ", ".join(
        each.name if each.merged_into is None else f"{each.name} → {each.merged_into}"
        for each in retired
    )
    return t.plural("archetype.list.retired", len(retired), names=shown(names, _RETIRED_SHOWN))
