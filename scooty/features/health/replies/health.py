"""What ``/ping`` answers: the verdict first, then connections, then a line for each actor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import EmbedField
from scooty.core.text.limits import EMBED_FIELD_VALUE
from scooty.core.text.notices import fit_lines, notice, shown
from scooty.core.text.style import Tone, relative_time
from scooty.domain.health import PartHealth, degraded_parts
from scooty.domain.text import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.domain.health import ActorState, ActorVitals, PartState, QueueHealth, SystemHealth

_PART_WORDS: Final[dict[PartState, tuple[str, str]]] = {
    "connected": ("🟢", "ping.part.connected"),
    "connecting": ("🟠", "ping.part.connecting"),
    "unreachable": ("🔴", "ping.part.unreachable"),
    "in_memory": ("🟢", "ping.part.in_memory"),
    "silent": ("🔴", "ping.part.silent"),
}
_ACTOR_WORDS: Final[dict[ActorState, tuple[str, str]]] = {
    "running": ("🟢", "ping.actor.running"),
    "starting": ("🟠", "ping.actor.starting"),
    "degraded": ("🟠", "ping.actor.degraded"),
    "backing_off": ("🔴", "ping.actor.backing_off"),
    "stopped": ("🔴", "ping.actor.stopped"),
}
_SILENT = PartHealth(state="silent")
_FIELDS_OF_ACTORS = 4
"""Four fields of 1,024 characters leave room for the rest within an embed's 6,000."""
_REASON_SHOWN = 80


def pong(health: SystemHealth, t: Translator) -> Reply:
    """Show how the program is and name what is degraded."""
    weak = degraded_parts(health)
    tone = Tone.ATTENTION if weak else Tone.KNOWN
    named = shorten(", ".join(f"`{part}`" for part in weak), EMBED_FIELD_VALUE)
    verdict = t("ping.degraded", parts=named) if weak else t("ping.well")
    connections = (
        EmbedField(name=t("ping.gateway"), value=_part(health.gateway, t), inline=True),
        EmbedField(name=t("ping.database"), value=_part(health.database, t), inline=True),
        EmbedField(name=t("ping.cache"), value=_part(health.cache, t), inline=True),
    )
    fields = (*connections, *_queue(health.queue, t), *_actors(health, t))
    return notice(tone, t("ping.title"), verdict, fields=fields)


def _part(part: PartHealth, t: Translator) -> str:
    icon, word = _PART_WORDS[part.state]
    latency = "" if part.latency_ms is None else f" · {_milliseconds(part.latency_ms)}"
    return f"{icon} {t(word)}{latency}"


def _milliseconds(latency_ms: float) -> str:
    return "< 1 ms" if latency_ms < 1 else f"{latency_ms:.0f} ms"


def _queue(queue: QueueHealth | None, t: Translator) -> Iterator[EmbedField]:
    """Show what waits for the database; nothing when nothing does."""
    if queue is None or not queue.waiting + queue.untold:
        return
    parts = [t.plural("ping.outbox.waiting", queue.waiting)]
    if queue.oldest_at is not None:
        parts.append(t("ping.outbox.oldest", when=relative_time(queue.oldest_at)))
    if queue.untold:
        parts.append(t.plural("ping.outbox.untold", queue.untold))
    if queue.last_error is not None:
        parts.append(t("ping.last_failure", kind=shown(queue.last_error, _REASON_SHOWN)))
    yield EmbedField(name=t("ping.outbox"), value=f"{Tone.QUEUED.icon} {' · '.join(parts)}")


def _actors(health: SystemHealth, t: Translator) -> Iterator[EmbedField]:
    title = t("ping.actors")
    if health.actors is None:
        yield EmbedField(name=title, value=_part(_SILENT, t))
        return
    lines = [_vitals(actor, t) for actor in health.actors]
    for _ in range(_FIELDS_OF_ACTORS):
        value, count = fit_lines(lines, EMBED_FIELD_VALUE)
        if not value:
            return
        yield EmbedField(name=title, value=value)
        del lines[:count]


def _vitals(actor: ActorVitals, t: Translator) -> str:
    icon, word = _ACTOR_WORDS[actor.state]
    parts = [
        f"{icon} `{shorten(actor.name, 40)}` {t(word)}",
        t.plural("ping.restarts", actor.restarts),
        t("ping.mailbox", depth=actor.mailbox_depth),
    ]
    if actor.reason is not None:
        parts.append(shown(actor.reason, _REASON_SHOWN))
    if actor.last_failure_kind is not None:
        parts.append(_last_failure(actor, actor.last_failure_kind, t))
    return " · ".join(parts)


def _last_failure(actor: ActorVitals, kind: str, t: Translator) -> str:
    named = t("ping.last_failure", kind=f"`{shorten(kind, 60)}`")
    return (
        named
        if actor.last_failure_at is None
        else f"{named} {relative_time(actor.last_failure_at)}"
    )
