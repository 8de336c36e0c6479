"""A page for people: which parts are well, and how the objectives stand. It needs no script.

It is public, so it holds no server's name, no person and nothing that was reported.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from scooty.runtime.http.health import unready_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from actors.kernel import ActorStatistics
    from scooty.core.i18n import Translator
    from scooty.domain.objectives import ObjectiveState
    from scooty.runtime.http.metrics import Snapshot

_STYLE: Final = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 56rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; margin-bottom: .25rem }
h2 { font-size: 1.1rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #8884 }
td.n, th.n { text-align: right }
.well::before { content: "● "; color: #2e9e5b }
.weak::before { content: "▲ "; color: #d08a00 }
.bad::before { content: "■ "; color: #d33 }
.scroll { overflow-x: auto }
small { opacity: .75 }
"""
_MARKS: Final = {
    "running": "well",
    "degraded": "weak",
    "starting": "weak",
    "backing_off": "bad",
    "stopped": "bad",
}
_STATE_KEYS: Final = {
    "silent": "ping.part.silent",
    "connecting": "ping.part.connecting",
    "disconnected": "ping.part.unreachable",
    "unreachable": "ping.part.unreachable",
    "starting": "ping.actor.starting",
    "running": "ping.actor.running",
    "degraded": "ping.actor.degraded",
    "backing_off": "ping.actor.backing_off",
    "stopped": "ping.actor.stopped",
}
_OBJECTIVE_KEYS: Final = {
    "availability": "status.availability",
    "speed": "status.speed",
    "success": "status.success",
}
_DAY_S: Final = 86_400
_NOTHING: Final = "\N{EN DASH}"


def status_page(snapshot: Snapshot, t: Translator) -> bytes:
    """Render the page in the reader's language."""
    reasons = unready_parts(snapshot)
    mark, headline = ("bad", t("status.not_ready")) if reasons else ("well", t("ping.well"))
    body = "".join(
        [
            f'<h1 class="{mark}">Scooty</h1><p>{headline}</p>',
            *(f"<p>{escape(each.part)}: {t(_STATE_KEYS[each.state])}</p>" for each in reasons),
            f"<h2>{t('status.objectives')}</h2>",
            _table(_objective_heads(t), _objective_rows(snapshot, t)),
            f"<h2>{t('ping.actors')}</h2>",
            _table(_actor_heads(t), _actor_rows(snapshot.actors or (), t)),
            f"<p><small>{t('status.version', version=escape(snapshot.version))}</small></p>",
        ]
    )
    page = (
        f'<!doctype html><html lang="{t.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Scooty</title><style>{_STYLE}</style></head><body>{body}</body></html>"
    )
    return page.encode()


def _objective_heads(t: Translator) -> tuple[str, ...]:
    return (
        t("status.objective"),
        f"*{t('status.target')}",
        f"*{t('status.last_hour')}",
        f"*{t('status.last_days')}",
        f"*{t('status.budget_left')}",
    )


def _actor_heads(t: Translator) -> tuple[str, ...]:
    return (
        t("status.actor"),
        t("status.state"),
        f"*{t('status.restarts')}",
        f"*{t('status.waiting')}",
        f"*{t('status.handled')}",
        "*p95",
    )


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(
        f'<th class="n">{name[1:]}</th>' if name.startswith("*") else f"<th>{name}</th>"
        for name in heads
    )
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f'<div class="scroll"><table><tr>{head}</tr>{body}</table></div>'


def _objective_rows(snapshot: Snapshot, t: Translator) -> Iterator[Iterable[str]]:
    if snapshot.measurements is None:
        return
    for state in snapshot.measurements.objectives:
        mark = "bad" if state.burn is not None else "well"
        yield (
            f'<td class="{mark}">{t(_OBJECTIVE_KEYS[state.objective.name])}</td>',
            _number(f"{state.objective.target:.1%}"),
            _number(_share(state, 3600)),
            _number(_share(state, 3 * _DAY_S)),
            _number(_budget_left(state)),
        )


def _share(state: ObjectiveState, window_s: float) -> str:
    for window in state.windows:
        if window.window_s == window_s and (total := window.good + window.bad):
            return f"{window.good / total:.2%}"
    return _NOTHING


def _budget_left(state: ObjectiveState) -> str:
    left = state.budget_left
    return _NOTHING if left is None else f"{left:.0%}"


def _actor_rows(actors: Iterable[ActorStatistics], t: Translator) -> Iterator[Iterable[str]]:
    for actor in actors:
        reason = f" <small>{escape(actor.reason)}</small>" if actor.reason else ""
        yield (
            f"<td>{escape(actor.name)}</td>",
            f'<td class="{_MARKS[actor.state]}">{t(_STATE_KEYS[actor.state])}{reason}</td>',
            _number(str(actor.restarts)),
            _number(str(actor.mailbox_depth)),
            _number(str(actor.handled)),
            _number(_NOTHING if actor.p95_ms is None else f"{actor.p95_ms:.1f} ms"),
        )


def _number(text: str) -> str:
    return f'<td class="n">{text}</td>'
