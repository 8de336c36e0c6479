"""What ``/setup`` answers: how everything is set, and how to set what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import EmbedField
from scooty.core.text.notices import notice
from scooty.core.text.style import Tone, channel_mention, role_mention
from scooty.domain.roles import Role
from scooty.domain.text import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.core.storage.settings import GuildSettings
    from scooty.domain.roles import TeamRoles

_SETTINGS: Final = {
    "admin_channel_id": ("setup.admin_channel_id", "setup.admin_channel_id.unset"),
    "digest_channel_id": ("setup.digest_channel_id", "setup.digest_channel_id.unset"),
    "language": ("setup.language", "setup.language.unset"),
    "retention_days": ("setup.retention_days", "setup.retention_days.unset"),
    "ethics_line": ("setup.ethics_line", "setup.ethics_line.unset"),
}
"""By the names of `GuildSettings`' fields: the heading, and what holds without the setting and how
it is set."""
_LANGUAGES: Final = {"en": "choice.setup.en", "fr": "choice.setup.fr"}
_ROLES: Final = {
    Role.CAPTAIN: "setup.roles.captain",
    Role.SCOUT: "setup.roles.scout",
    Role.READER: "setup.roles.reader",
}


def overview(settings: GuildSettings, t: Translator) -> Reply:
    """Show all settings, each that is missing with the command that sets it."""
    fields = (*_role_fields(settings.roles, t), *_fields(settings, _SETTINGS, t))
    text = t("setup.overview.set" if settings.roles.are_set else "setup.overview.no_roles")
    return notice(Tone.KNOWN, t("setup.overview.title"), text, fields=fields)


def changed(
    settings: GuildSettings,
    names: Iterable[str],
    t: Translator,
    *,
    open_channels: Iterable[int] = (),
    hidden_channels: Iterable[int] = (),
) -> Reply:
    """Say how those settings are now that were to be changed.

    Args:
        settings: As they are now.
        names: Which were changed.
        t: The person's language.
        open_channels: The chosen channels that every member of the server can read.
        hidden_channels: Those that the bot cannot see.
    """
    remarks = [t("setup.channel.open", channel=channel_mention(each)) for each in open_channels]
    remarks += [
        t("setup.channel.hidden", channel=channel_mention(each)) for each in hidden_channels
    ]
    shown = [name for name in _SETTINGS if name in names]
    text = _warned(remarks)
    return notice(Tone.SAVED, t("setup.saved"), text, fields=_fields(settings, shown, t))


def roles_set(roles: TeamRoles, t: Translator, *, guild_id: int, is_captain_still: bool) -> Reply:
    """Say who may do what now, and what the person may have overlooked.

    Args:
        roles: As they are now.
        t: The person's language.
        guild_id: Also the id of the role @everyone.
        is_captain_still: The person who did it may still change it.
    """
    remarks = [] if roles.are_set else [t("setup.roles.none_left")]
    if roles.are_set and not roles.scouts:
        remarks.append(t("setup.roles.no_scouts"))
    if guild_id in roles.captains | roles.scouts | roles.readers:
        remarks.append(t("setup.roles.everyone"))
    if not is_captain_still:
        remarks.append(t("setup.roles.captain_no_more"))
    fields = _role_fields(roles, t)
    return notice(Tone.SAVED, t("setup.roles.saved"), _warned(remarks), fields=fields)


def _warned(remarks: Iterable[str]) -> str | None:
    return "\n".join(f"{Tone.ATTENTION.icon} {remark}" for remark in remarks) or None


def setting_name(name: str, t: Translator) -> str:
    """Say what a setting is called; one that is not known stays as it is."""
    return t(_SETTINGS[name][0]) if name in _SETTINGS else name


def unsuitable_channel(t: Translator, *, channel_id: int) -> Reply:
    """Refuse a channel in which nothing can be posted."""
    text = t("setup.channel.unsuitable", channel=channel_mention(channel_id))
    return notice(Tone.REFUSED, t("problem.not_done"), text)


def too_many_roles(t: Translator) -> Reply:
    """Refuse a list that would grow beyond its limit."""
    return notice(Tone.REFUSED, t("problem.not_done"), t("setup.roles.too_many"))


def _role_fields(roles: TeamRoles, t: Translator) -> tuple[EmbedField, ...]:
    fields = []
    for role, key in _ROLES.items():
        named = " ".join(map(role_mention, sorted(roles.ids_of(role))))
        if role is Role.CAPTAIN:
            named = " · ".join(filter(None, (t("setup.administrators"), named)))
        fields.append(EmbedField(name=t(key), value=named or t("setup.roles.nobody")))
    return tuple(fields)


def _fields(settings: GuildSettings, names: Iterable[str], t: Translator) -> tuple[EmbedField, ...]:
    return tuple(
        EmbedField(name=t(_SETTINGS[name][0]), value=_value(settings, name, t)) for name in names
    )


def _value(settings: GuildSettings, name: str, t: Translator) -> str:
    value: int | str | None = getattr(settings, name)
    if value is None:
        return t(_SETTINGS[name][1])
    match name:
        case "retention_days":
            return t.plural("setup.days", int(value))
        case "language":
            return t(_LANGUAGES[str(value)])
        case "ethics_line":
            return f"{t('setup.ethics_line.ours')} · {escape(str(value))}"
        case _:
            return channel_mention(int(value))
