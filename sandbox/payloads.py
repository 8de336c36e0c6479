"""Users, members, roles, channels and guilds as the bot receives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.permissions import effective

if TYPE_CHECKING:
    from sandbox.wire import JsonObject
    from sandbox.world import Channel, Guild, Member, Role, User, World


def user_object(user: User) -> JsonObject:
    """Return a user. Source: resources/user."""
    return {
        "id": user.id,
        "username": user.username,
        "global_name": None if user.role == "bot" else user.name,
        "discriminator": "0",
        "avatar": None,
        "avatar_decoration_data": None,
        "bot": user.role == "bot",
        "public_flags": 0,
        "primary_guild": None,
        "clan": None,
    }


def member_object(guild: Guild, member: Member, user: User | None) -> JsonObject:
    """Return a guild member, without ``user`` where the user is told elsewhere."""
    fields: JsonObject = {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "deaf": False,
        "flags": 0,
        "joined_at": member.joined_at,
        "mute": False,
        "nick": None,
        "pending": False,
        "premium_since": None,
        "roles": list(member.role_ids),
        "unusual_dm_activity_until": None,
    }
    if user is not None:
        fields["user"] = user_object(user)
        fields["permissions"] = str(effective(guild, member, None))
    return fields


def role_object(role: Role) -> JsonObject:
    """Return a role. Source: topics/permissions#role-object."""
    return {
        "id": role.id,
        "name": role.name,
        "permissions": str(role.permissions),
        "position": role.position,
        "color": role.colour,
        "colors": {"primary_color": role.colour, "secondary_color": None, "tertiary_color": None},
        "hoist": role.colour != 0,
        "managed": role.managed,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def channel_object(channel: Channel, world: World) -> JsonObject:
    """Return a channel. Source: resources/channel."""
    if channel.kind == "dm":
        recipient = world.users[channel.recipient_id or ""]
        return {
            "id": channel.id,
            "type": 1,
            "flags": 0,
            "last_message_id": next(reversed(channel.messages), None),
            "recipients": [user_object(recipient)],
        }
    return {
        "id": channel.id,
        "type": 0,
        "guild_id": channel.guild_id,
        "name": channel.name,
        "position": channel.position,
        "topic": channel.topic,
        "nsfw": False,
        "parent_id": None,
        "rate_limit_per_user": 0,
        "last_message_id": next(reversed(channel.messages), None),
        "last_pin_timestamp": channel.pins[0][1] if channel.pins else None,
        "permission_overwrites": [
            {
                "id": overwrite.role_id,
                "type": 0,
                "allow": str(overwrite.allow),
                "deny": str(overwrite.deny),
            }
            for overwrite in channel.overwrites
        ],
        "flags": 0,
    }


def guild_object(guild: Guild) -> JsonObject:
    """Return a guild as ``GET /guilds/{id}`` does."""
    return {
        "id": guild.id,
        "name": guild.name,
        "owner_id": guild.owner_id,
        "icon": None,
        "icon_hash": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "banner": None,
        "description": None,
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "application_id": None,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "roles": [role_object(role) for role in guild.roles.values()],
        "emojis": [],
        "stickers": [],
        "features": [],
        "mfa_level": 0,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "safety_alerts_channel_id": None,
        "max_presences": None,
        "max_members": 500000,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "preferred_locale": guild.locale,
        "nsfw": False,
        "nsfw_level": 0,
        "incidents_data": None,
    }


def guild_create_object(guild: Guild, world: World, *, everybody: bool) -> JsonObject:
    """Return the body of GUILD_CREATE.

    Args:
        guild: The guild that becomes available.
        world: Where its users are.
        everybody: Whether all members are told (the privileged intent) or only the bot.
    """
    members = [
        member_object(guild, member, world.users[member.user_id])
        for member in guild.members.values()
        if everybody or world.users[member.user_id].role == "bot"
    ]
    return {
        **guild_object(guild),
        "joined_at": next(iter(guild.members.values())).joined_at,
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": members,
        "channels": [channel_object(channel, world) for channel in guild.channels.values()],
        "threads": [],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }
