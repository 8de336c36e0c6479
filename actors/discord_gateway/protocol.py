"""All that a gateway understands and answers, whether Discord is behind it or a test."""

from __future__ import annotations

from typing import TypeAlias

from actors.discord_gateway.attachment_message import (
    AttachmentFetched,
    AttachmentNotFetched,
    FetchAttachment,
)
from actors.discord_gateway.channel_message import NotPosted, Posted, PostToChannel
from actors.discord_gateway.kept_message import ChannelQuery, ChannelSeen, KeptAsAsked
from actors.discord_gateway.member_message import SendToMember
from actors.discord_gateway.messages import (
    Answer,
    Answered,
    AnswerNotDelivered,
    Defer,
    Deferred,
    FollowUp,
    GatewayHealth,
    GetGatewayHealth,
)
from actors.discord_gateway.standing import CheckStanding

GatewayMessage: TypeAlias = (
    Answer
    | Defer
    | FollowUp
    | SendToMember
    | PostToChannel
    | ChannelQuery
    | FetchAttachment
    | CheckStanding
    | GetGatewayHealth
)
GatewayReply: TypeAlias = (
    Answered
    | Deferred
    | AnswerNotDelivered
    | Posted
    | KeptAsAsked
    | ChannelSeen
    | NotPosted
    | AttachmentFetched
    | AttachmentNotFetched
    | GatewayHealth
    | None
)
