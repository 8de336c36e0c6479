"""What an embed may hold.

Source: https://discord.com/developers/docs/resources/message#embed-object-embed-limits
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sandbox.validation.problems import Path, Problems
    from sandbox.wire import JsonObject

_EMBEDS: Final = 10
_FIELDS: Final = 25
_TOTAL: Final = 6000
_LONGEST_URL: Final = 2048
_KNOWN: Final = frozenset(
    {
        "title",
        "type",
        "description",
        "url",
        "timestamp",
        "color",
        "footer",
        "image",
        "thumbnail",
        "video",
        "provider",
        "author",
        "fields",
        "flags",
    }
)
_SCHEMES: Final = ("http://", "https://", "attachment://")


def check_embeds(problems: Problems, embeds: Any) -> None:
    """Check all embeds of a message, each alone and their total length."""
    checked = problems.check_list(("embeds",), embeds, most=_EMBEDS)
    total = 0
    for index, embed in enumerate(checked):
        path: Path = ("embeds", index)
        problems.note_unknown_keys(path, embed, _KNOWN)
        _check_embed(problems, path, embed)
        total += _length(embed)
    if total > _TOTAL:
        problems.add(
            ("embeds",), "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {_TOTAL}"
        )


def _check_embed(problems: Problems, path: Path, embed: JsonObject) -> None:
    problems.check_text((*path, "title"), embed.get("title"), most=256)
    problems.check_text((*path, "description"), embed.get("description"), most=4096)
    problems.check_integer((*path, "color"), embed.get("color"), least=0, most=0xFFFFFF)
    footer, author = embed.get("footer") or {}, embed.get("author") or {}
    if footer:
        problems.check_text((*path, "footer", "text"), footer.get("text"), most=2048)
    if author:
        problems.check_text((*path, "author", "name"), author.get("name"), most=256, required=True)
    _check_url(problems, (*path, "url"), embed.get("url"))
    for key in ("image", "thumbnail"):
        _check_url(problems, (*path, key, "url"), (embed.get(key) or {}).get("url"))
    fields = problems.check_list((*path, "fields"), embed.get("fields"), most=_FIELDS)
    for index, field in enumerate(fields):
        place = (*path, "fields", index)
        problems.check_text((*place, "name"), field.get("name"), most=256, required=True)
        problems.check_text((*place, "value"), field.get("value"), most=1024, required=True)
    if not _shows_anything(embed):
        problems.add(path, "BASE_TYPE_REQUIRED", "This field is required")


def _check_url(problems: Problems, path: Path, url: Any) -> None:
    problems.check_text(path, url, most=_LONGEST_URL)
    if isinstance(url, str) and not url.startswith(_SCHEMES):
        message = "Scheme must be one of ('http', 'https', 'attachment')."
        problems.add(path, "URL_TYPE_INVALID_SCHEME", message)


def _shows_anything(embed: JsonObject) -> bool:
    keys = ("title", "description", "fields", "image", "thumbnail", "author", "footer", "timestamp")
    return any(embed.get(key) for key in keys)


def _length(embed: JsonObject) -> int:
    texts = [
        embed.get("title"),
        embed.get("description"),
        (embed.get("footer") or {}).get("text"),
        (embed.get("author") or {}).get("name"),
    ]
    for field in embed.get("fields") or []:
        if isinstance(field, dict):
            texts += [field.get("name"), field.get("value")]
    return sum(len(text) for text in texts if isinstance(text, str))
