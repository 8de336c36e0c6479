"""What ``/ping detail:True`` answers: the objectives first, then what explains them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import EmbedField
from scooty.core.text.limits import EMBED_FIELD_VALUE
from scooty.core.text.notices import fit_lines, notice
from scooty.core.text.numbers import decimal, duration, percent
from scooty.core.text.style import Tone
from scooty.domain.health import degraded_parts
from scooty.domain.text import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.domain.health import ActorPace, BreakerState, HealthDetail
    from scooty.domain.objectives import ObjectiveState, WindowShare

_OBJECTIVES: Final = {
    "availability": "detail.availability",
    "speed": "detail.speed",
    "success": "detail.success",
}
_BREAKERS: Final[dict[BreakerState, str]] = {
    "closed": "detail.breaker.closed",
    "open": "detail.breaker.open",
    "half_open": "detail.breaker.half_open",
}
_SILENT: Final = "ping.part.silent"
_NOTHING: Final = "\N{EN DASH}"
_TIMES: Final = "\N{MULTIPLICATION SIGN}"
_FIELDS_OF_PACE: Final = 2
_FENCE: Final = "```"
_NAME_SHOWN: Final = 16


def detailed_pong(detail: HealthDetail, t: Translator) -> Reply:
    """Show the objectives, the actors' pace, and how database, cache and Discord are."""
    weak = degraded_parts(detail.health)
    burning = [each for each in detail.objectives or () if each.burn is not None]
    tone = Tone.ATTENTION if weak or burning else Tone.KNOWN
    named = shorten(", ".join(f"`{part}`" for part in weak), EMBED_FIELD_VALUE)
    verdict = t("ping.degraded", parts=named) if weak else t("ping.well")
    fields = (
        *_objectives(detail, t),
        EmbedField(name=t("ping.database"), value=_database(detail, t), inline=True),
        EmbedField(name=t("ping.cache"), value=_cache(detail, t), inline=True),
        EmbedField(name=t("ping.gateway"), value=_refusals(detail, t), inline=True),
        *_pace(detail.pace, t),
    )
    return notice(tone, t("ping.title"), verdict, fields=fields, footer=t("detail.since"))


def _objectives(detail: HealthDetail, t: Translator) -> Iterator[EmbedField]:
    if detail.objectives is None:
        yield EmbedField(name=t("detail.objectives"), value=t(_SILENT))
        return
    for state in detail.objectives:
        name = t(_OBJECTIVES[state.objective.name], target=percent(state.objective.target, t))
        lines = [_window(window, t) for window in state.windows]
        if state.objective.name == "speed":
            p95 = detail.command_p95_s
            lines.append(f"p95 {_NOTHING if p95 is None else duration(p95, t)}")
        yield EmbedField(name=name, value="\n".join((_budget(state, t), *lines)), inline=True)


def _budget(state: ObjectiveState, t: Translator) -> str:
    icon = "🟢" if state.burn is None else "🔴" if state.burn.rule.severity == "urgent" else "🟠"
    left = state.budget_left
    shown = _NOTHING if left is None else percent(left, t, digits=0)
    return f"{icon} {t('detail.budget', left=shown)}"


def _window(window: WindowShare, t: Translator) -> str:
    """Show a window, how much of it was good, and how many times too fast the budget went."""
    share = window.good_share
    if share is None:
        return f"`{duration(window.window_s, t)}` {_NOTHING}"
    burn = decimal(window.burn_rate, 1, t)
    return f"`{duration(window.window_s, t)}` {percent(share, t, digits=2)} · {_TIMES}{burn}"


def _database(detail: HealthDetail, t: Translator) -> str:
    if detail.database is None:
        return t(_SILENT)
    queue = detail.health.queue
    lines = [
        t(_BREAKERS[detail.database.breaker]),
        t(
            "detail.calls",
            limit=detail.database.calls_at_once,
            waiting=detail.database.calls_waiting,
        ),
        t.plural("detail.repeated", detail.database.calls_repeated),
        t("detail.outbox", depth=_NOTHING if queue is None else queue.waiting),
    ]
    return "\n".join(lines)


def _cache(detail: HealthDetail, t: Translator) -> str:
    if detail.cache is None:
        return t(_SILENT)
    share = detail.cache.hit_share
    return t("detail.hits", share=_NOTHING if share is None else percent(share, t))


def _refusals(detail: HealthDetail, t: Translator) -> str:
    if detail.refusals is None:
        return t(_SILENT)
    return "\n".join(
        (
            t("detail.rate_limited", count=detail.refusals.rate_limited),
            t("detail.invalid", count=detail.refusals.invalid),
        )
    )


def _pace(pace: tuple[ActorPace, ...] | None, t: Translator) -> Iterator[EmbedField]:
    """Show a table, in as many fields as it needs and may have."""
    title = t("detail.pace")
    if pace is None:
        yield EmbedField(name=title, value=t(_SILENT))
        return
    head = f"{'':<{_NAME_SHOWN}}{'p50':>7}{'p95':>7}{'p99':>7}"
    lines = [_row(actor, t) for actor in pace]
    room = EMBED_FIELD_VALUE - len(head) - 2 * len(_FENCE) - 3
    for _ in range(_FIELDS_OF_PACE):
        text, count = fit_lines(lines, room)
        if not count:
            return
        yield EmbedField(name=title, value=f"{_FENCE}\n{head}\n{text}\n{_FENCE}")
        del lines[:count]


def _row(actor: ActorPace, t: Translator) -> str:
    numbers = "".join(f"{_ms(value, t):>7}" for value in (actor.p50_ms, actor.p95_ms, actor.p99_ms))
    return f"{shorten(actor.name, _NAME_SHOWN):<{_NAME_SHOWN}}{numbers}"


def _ms(value_ms: float | None, t: Translator) -> str:
    return _NOTHING if value_ms is None else decimal(value_ms, 1, t)
