"""What the live board and the daily digest show: an event's field in brief, for a whole channel."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, repeat
from typing import TYPE_CHECKING, Final

from scooty.core.text.ethics import footer_with_ethics_line
from scooty.core.text.notices import NAME_SHOWN, notice, shown
from scooty.core.text.numbers import percent
from scooty.core.text.style import Tone, mana, person, relative_time
from scooty.domain.field import FEWEST_FOR_PERCENTAGES, count_field
from scooty.domain.text import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.domain.field import Field, FieldShare
    from scooty.features.boards.calls import Board, Digest, FieldInBrief, NewestReport

_ARCHETYPES: Final = 8
"""What a phone shows at a glance; the rest is added up in one line."""
_CONTRIBUTORS: Final = 5


def board(found: Board, t: Translator, *, with_names: bool) -> Reply:
    """Show a live board.

    Args:
        found: What storage knows.
        t: The team's language.
        with_names: Whether players' names may be read where it stands.
    """
    if found.field is None:
        title, text = t("board.idle.title"), t("board.idle.text")
        footer = footer_with_ethics_line(t("board.footer"), found.ethics_line, t)
        return _for_all(notice(Tone.COUNTED, title, text, footer=footer))
    lines = list(_field(found.field, t))
    if found.newest:
        lines += ["", f"**{t('board.newest')}**"]
        lines += [_newest(each, with_names=with_names) for each in found.newest]
    title = t("board.title", event=shown(clean(found.field.event.name)))
    ours = t("board.footer") if with_names else t("board.footer.nameless")
    footer = footer_with_ethics_line(ours, found.ethics_line, t)
    return _for_all(notice(Tone.COUNTED, title, "\n".join(lines), footer=footer))


def digest(found: Digest, t: Translator) -> Reply:
    """Show what is new in an event since the last digest."""
    new = t.plural("digest.new", found.reports, since=relative_time(found.since))
    lines = [new, "", *_field(found.field, t)]
    if found.contributors:
        lines += ["", f"**{t('digest.contributors')}**"]
        lines += [
            f"• {person(each.member_id, t)} · {t.plural('choice.reports', each.reports)}"
            f" · {t.plural('stats.players', each.players)}"
            for each in found.contributors[:_CONTRIBUTORS]
        ]
    left_out = len(found.contributors) - _CONTRIBUTORS
    if left_out > 0:
        lines.append(t.plural("digest.more", left_out))
    title = t("digest.title", event=shown(clean(found.field.event.name)))
    ours = t("card.footer", event=shorten(clean(found.field.event.name), NAME_SHOWN))
    footer = footer_with_ethics_line(ours, found.ethics_line, t)
    return _for_all(notice(Tone.COUNTED, title, "\n".join(lines), footer=footer))


def _for_all(reply: Reply) -> Reply:
    return replace(reply, ephemeral=False)


def _field(brief: FieldInBrief, t: Translator) -> Iterator[str]:
    """Say of how many the figures are, then the figures."""
    kinds = chain.from_iterable(
        repeat(index, each.players) for index, each in enumerate(brief.archetypes)
    )
    field = count_field(kinds, active=brief.players)
    if not field.active:
        yield t("stats.nothing")
        return
    yield _coverage(field, t)
    yield t.plural("board.reports", brief.reports)
    if brief.conflicts:
        yield f"{Tone.ATTENTION.icon} {t.plural('board.conflicts', brief.conflicts)}"
    if not field.known:
        return
    yield ""
    if not field.has_percentages:
        yield t("stats.few", limit=FEWEST_FOR_PERCENTAGES)
    for share in field.shares[:_ARCHETYPES]:
        each = brief.archetypes[share.kind]
        yield f"{_figure(share, t)} · **{shown(clean(each.name))}** {mana(each.colours)}"
    rest = field.shares[_ARCHETYPES:]
    if rest:
        players = sum(share.players for share in rest)
        yield t.plural("board.rest", len(rest), players=players)


def _coverage(field: Field[int], t: Translator) -> str:
    line = t.plural("board.known", field.active, known=field.known)
    if field.coverage is not None and field.has_percentages:
        line += f" ({percent(field.coverage, t)})"
    return f"**{line}** · {t.plural('stats.unknown', field.unknown)}"


def _figure(share: FieldShare[int], t: Translator) -> str:
    if share.share is None:
        return f"`{share.players}`"
    return f"`{percent(share.share, t)}` ({share.players})"


def _newest(report: NewestReport, *, with_names: bool) -> str:
    deck = f"{shown(clean(report.archetype))} {mana(report.colours)}"
    when = relative_time(report.reported_at)
    if not with_names:
        return f"• {deck} · {when}"
    return f"• **{shown(clean(report.player))}** · {deck} · {when}"
