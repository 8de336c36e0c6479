"""What ``/archetype`` answers, but for its list and its merges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.text.notices import notice, shown
from scooty.core.text.style import Tone, mana
from scooty.domain.names import fold
from scooty.domain.text import clean, shorten

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.features.archetypes.calls import (
        Archetype,
        ArchetypeEdited,
        ArchetypeIsRetired,
        ArchetypeRetired,
        NamesTaken,
        NoSuchArchetype,
    )

_TAKEN_SHOWN: Final = 10
_NAMES_SHOWN: Final = 400
"""Characters of the other names in an answer about one archetype."""


def archetype_added(archetype: Archetype, t: Translator) -> Reply:
    """Show what may be reported from now on."""
    return _saved(archetype, t, t("archetype.added", archetype=_name(archetype)))


def archetype_edited(edited: ArchetypeEdited, t: Translator) -> Reply:
    """Show what an archetype is like now."""
    title = t("archetype.edited", archetype=_name(edited.archetype))
    if edited.former == edited.archetype.name:
        return _saved(edited.archetype, t, title)
    former = t("archetype.former", former=shown(edited.former))
    return _saved(edited.archetype, t, title, former)


def alias_added(archetype: Archetype, alias: str, t: Translator) -> Reply:
    """Say which name leads to the archetype, too."""
    title = t("archetype.alias_added", alias=shown(alias), archetype=_name(archetype))
    return _saved(archetype, t, title)


def alias_removed(archetype: Archetype, alias: str, t: Translator) -> Reply:
    """Say which name leads to nothing any more."""
    title = t("archetype.alias_removed", alias=shown(alias), archetype=_name(archetype))
    return _saved(archetype, t, title)


def archetype_retired(retired: ArchetypeRetired, t: Translator) -> Reply:
    """Say what is offered no more, what stays, and the way back."""
    title = t("archetype.retired", archetype=shown(retired.name))
    text = "\n".join(
        (t.plural("archetype.retired.kept", retired.reports), t("archetype.retired.way_back"))
    )
    return notice(Tone.SAVED, title, text)


def archetype_restored(archetype: Archetype, t: Translator) -> Reply:
    """Show what may be reported again."""
    return _saved(archetype, t, t("archetype.restored", archetype=_name(archetype)))


def no_such_archetype(unknown: NoSuchArchetype, typed: str, t: Translator) -> Reply:
    """Say that no archetype is called that, and which come near."""
    text = t("archetype.unknown.text")
    if unknown.nearest:
        near = ", ".join(f"**{shown(name)}**" for name in unknown.nearest)
        text = f"{text} {t('archetype.unknown.nearest', archetypes=near)}"
    return notice(Tone.REFUSED, t("archetype.unknown", typed=shown(typed)), text)


def archetype_is_retired(retired: ArchetypeIsRetired, t: Translator) -> Reply:
    """Say that the archetype is retired, and how it comes back."""
    title = t("archetype.is_retired", archetype=shown(retired.name))
    return notice(Tone.REFUSED, title, t("archetype.is_retired.text"))


def not_retired(typed: str, t: Translator) -> Reply:
    """Say that there is nothing of that name to bring back."""
    title = t("archetype.not_retired", typed=shown(typed))
    return notice(Tone.REFUSED, title, t("archetype.not_retired.text"))


def names_taken(taken: NamesTaken, t: Translator) -> Reply:
    """Say to what each name belongs that is in use."""
    lines = []
    for each in taken.taken[:_TAKEN_SHOWN]:
        name, owner = shown(each.name_key), shown(each.owner)
        if each.is_retired:
            lines.append(f"• {t('archetype.taken.retired', name=name, archetype=owner)}")
        else:
            lines.append(f"• {t('archetype.taken.line', name=name, archetype=owner)}")
    more = len(taken.taken) - len(lines)
    lines += [t.plural("list.more", more)] if more > 0 else []
    text = "\n".join((*lines, t("archetype.taken.text")))
    return notice(Tone.REFUSED, t.plural("archetype.taken", len(taken.taken)), text)


def no_such_alias(name: str, alias: str, t: Translator) -> Reply:
    """Say that the archetype has no such name."""
    title = t("archetype.no_alias", alias=shown(alias), archetype=shown(name))
    return notice(Tone.REFUSED, title, t("archetype.no_alias.text"))


def name_kept(name: str, t: Translator) -> Reply:
    """Say that an archetype's proper name stays."""
    title = t("archetype.name_kept", archetype=shown(name))
    return notice(Tone.REFUSED, title, t("archetype.name_kept.text"))


def headline(archetype: Archetype) -> str:
    """Show an archetype in one line: emoji, name, colours."""
    emoji = f"{archetype.emoji} " if archetype.emoji else ""
    return f"{emoji}**{_name(archetype)}** {mana(archetype.colours)}"


def other_names(archetype: Archetype, limit: int) -> str:
    """List the names besides the proper one, as far as ``limit`` characters hold them."""
    own = fold(archetype.name)
    return shown(", ".join(key for key in archetype.name_keys if key != own), limit)


def format_name(name: str) -> str:
    """Show a format as players write it."""
    return name.capitalize()


def _name(archetype: Archetype) -> str:
    return shown(clean(archetype.name))


def _saved(archetype: Archetype, t: Translator, title: str, *more: str) -> Reply:
    lines = [headline(archetype), *more]
    if archetype.formats:
        formats = ", ".join(map(format_name, archetype.formats))
        lines.append(t("archetype.formats", formats=shorten(formats, _NAMES_SHOWN)))
    if archetype.display_colour is not None:
        lines.append(t("archetype.colour", colour=f"`#{archetype.display_colour:06X}`"))
    if names := other_names(archetype, _NAMES_SHOWN):
        lines.append(t("archetype.names", names=names))
    return notice(Tone.SAVED, title, "\n".join(lines))
