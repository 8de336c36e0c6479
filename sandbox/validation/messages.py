"""What a message may hold.

Source: https://discord.com/developers/docs/resources/message#create-message
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sandbox.rest.errors import bad_request
from sandbox.validation.components import check_components
from sandbox.validation.embeds import check_embeds
from sandbox.validation.problems import Problems

if TYPE_CHECKING:
    from sandbox.rest.router import Upload
    from sandbox.trace import Trace
    from sandbox.validation.problems import Path
    from sandbox.wire import JsonObject

COMPONENTS_V2: Final = 1 << 15
_CONTENT: Final = 2000
_ATTACHMENTS: Final = 10
_KNOWN: Final = frozenset(
    {
        "content",
        "nonce",
        "tts",
        "embeds",
        "allowed_mentions",
        "message_reference",
        "components",
        "sticker_ids",
        "attachments",
        "flags",
        "enforce_nonce",
        "poll",
        "username",
        "avatar_url",
        "thread_name",
        "applied_tags",
        "shared_client_theme",
        "payload_json",
    }
)
_MENTION_KEYS: Final = frozenset({"parse", "users", "roles", "replied_user"})
_MENTION_KINDS: Final = frozenset({"users", "roles", "everyone"})
_MENTIONS: Final = 100
_ATTACHMENT_KEYS: Final = frozenset(
    {
        "id",
        "filename",
        "description",
        "title",
        "content_type",
        "size",
        "url",
        "proxy_url",
        "height",
        "width",
        "duration_secs",
        "waveform",
        "is_remix",
        "is_spoiler",
        "uploaded_filename",
        "ephemeral",
        "flags",
    }
)


def check_message(  # noqa: PLR0913 - one request and how it is to be read
    trace: Trace,
    where: str,
    fields: JsonObject,
    uploads: tuple[Upload, ...],
    *,
    prefix: Path = (),
    may_be_empty: bool = False,
    is_edit: bool = False,
) -> None:
    """Check a message that is created or edited.

    Args:
        trace: Where breaches are recorded that Discord itself would let pass.
        where: The request's name.
        fields: The message's part of the body.
        uploads: The files.
        prefix: Where ``fields`` are in the body.
        may_be_empty: True for edits, which may leave everything as it is.
        is_edit: True for edits, whose ``attachments`` also list files to keep.

    Raises:
        RestError: 50035, or 50006 for an empty message.
    """
    problems = Problems(trace, where, prefix)
    problems.check_text(("content",), fields.get("content"), most=_CONTENT)
    check_embeds(problems, fields.get("embeds"))
    flags = fields.get("flags") or 0
    problems.check_integer(("flags",), flags, least=0, most=(1 << 31) - 1)
    uses_v2 = isinstance(flags, int) and bool(flags & COMPONENTS_V2)
    check_components(problems, fields.get("components"), uses_v2=uses_v2)
    if uses_v2 and (fields.get("content") or fields.get("embeds")):
        problems.add(
            ("flags",),
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            "The 'content' and 'embeds' fields cannot be used with MessageFlags.IS_COMPONENTS_V2",
        )
    _check_attachments(problems, fields, uploads, is_edit=is_edit)
    _check_allowed_mentions(problems, fields.get("allowed_mentions"))
    problems.note_unknown_keys((), fields, _KNOWN)
    problems.raise_if_any()
    if not may_be_empty and _is_empty(fields, uploads):
        trace.breach("empty_message", where, "nothing to show")
        raise bad_request(50006, "Cannot send an empty message")


def _is_empty(fields: JsonObject, uploads: tuple[Upload, ...]) -> bool:
    keys = ("embeds", "components", "sticker_ids", "poll", "shared_client_theme")
    has_text = bool((fields.get("content") or "").strip())
    return not (has_text or uploads or any(fields.get(key) for key in keys))


def _check_attachments(
    problems: Problems,
    fields: JsonObject,
    uploads: tuple[Upload, ...],
    *,
    is_edit: bool,
) -> None:
    listed = problems.check_list(("attachments",), fields.get("attachments"), most=_ATTACHMENTS)
    uploaded = {upload.field_name for upload in uploads}
    for index, attachment in enumerate(listed):
        path = ("attachments", index)
        problems.note_unknown_keys(path, attachment, _ATTACHMENT_KEYS)
        problems.check_text((*path, "description"), attachment.get("description"), most=1024)
        if "id" not in attachment:
            problems.add((*path, "id"), "BASE_TYPE_REQUIRED", "This field is required")
        elif not is_edit and f"files[{attachment['id']}]" not in uploaded:
            problems.add(path, "ATTACHMENT_NOT_FOUND", "Attachment data not found")


def _check_allowed_mentions(problems: Problems, allowed: JsonObject | None) -> None:
    if allowed is None:
        return
    path = ("allowed_mentions",)
    if not isinstance(allowed, dict):
        problems.add(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
        return
    problems.note_unknown_keys(path, allowed, _MENTION_KEYS)
    parse = set(allowed.get("parse") or [])
    for kind in parse - _MENTION_KINDS:
        problems.add((*path, "parse"), "BASE_TYPE_CHOICES", f"{kind!r} is no kind of mention")
    for kind in ("users", "roles"):
        named = allowed.get(kind) or []
        if len(named) > _MENTIONS:
            problems.add((*path, kind), "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")
        if named and kind in parse:
            problems.add(
                path,
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
            )
