"""What ``/coverage`` answers: how much of a round is known, and who is worth watching first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import ActionRow, File, Select, SelectOption
from scooty.core.text.custom_ids import Verb
from scooty.core.text.limits import EMBED_DESCRIPTION, SELECT_LABEL, SELECT_OPTIONS
from scooty.core.text.notices import fit_lines, notice, shown
from scooty.core.text.numbers import percent
from scooty.core.text.pages import page_buttons
from scooty.core.text.style import NEXT, Tone, person
from scooty.domain.field import FEWEST_FOR_PERCENTAGES
from scooty.domain.text import clean, length, shorten
from scooty.features.coverage.replies.field_map import map_in_words
from scooty.features.coverage.rules import Knowledge, count_knowledge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.domain.ids import MemberId
    from scooty.features.coverage.calls.assignments import (
        Coverage,
        RoundUnknown,
        WatchedPlayer,
    )
    from scooty.features.coverage.rules import FieldPlayer

TURN_COVERAGE: Final = Verb("coverage", "page")
"""Arguments: the event's id, and the round with the page (`place_on_page`)."""
CLAIM: Final = Verb("coverage", "claim")
"""A select whose values are players' ids. Arguments: as of `TURN_COVERAGE`."""
RELEASE_OWN: Final = Verb("coverage", "release")
"""A select whose values are players' ids. Arguments: as of `TURN_COVERAGE`."""

PAGE: Final = 15
"""Players of a page: with the figures and the map, what a phone scrolls through at a glance."""
_EYE: Final = "\N{EYE}\N{VARIATION SELECTOR-16}"
_MAP: Final = "field.png"
_OWN_SHOWN: Final = 10
_PAGES_OF_A_ROUND: Final = 10_000
_NAME: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePage:
    """What is shown of a round's coverage."""

    found: Coverage
    in_order: tuple[FieldPlayer, ...]
    """Whoever is unknown, whom to watch first at the front."""
    number: int
    """The page's, from 0."""
    reader_id: MemberId
    may_claim: bool
    picture: bytes | None
    happened: str | None = None
    """What was done just now."""
    tone: Tone = Tone.COUNTED

    @property
    def pages(self) -> int:
        """How many there are, at least one."""
        return max(1, -(-len(self.in_order) // PAGE))


def place_on_page(round_number: int | None, page: int) -> int:
    """Put a round and a page into one number, since a custom_id holds two and one is the event."""
    return (round_number or 0) * _PAGES_OF_A_ROUND + page


def read_place(number: int) -> tuple[int | None, int]:
    """Read the round, None for an event without any, and the page."""
    round_number, page = divmod(number, _PAGES_OF_A_ROUND)
    return round_number or None, page


def coverage_page(page: CoveragePage, t: Translator) -> Reply:
    """Show how much is known, who watches whom, and who is worth watching first."""
    number = min(page.number, page.pages - 1)
    players = page.in_order[number * PAGE : (number + 1) * PAGE]
    own = [each for each in page.found.watches if each.member_id == page.reader_id]
    head = "\n".join(_head(page, own, t))
    listed, _ = fit_lines(
        (_line(player, t, page.found) for player in players), EMBED_DESCRIPTION - length(head) - 1
    )
    reply = notice(
        page.tone,
        _title(page.found, t),
        f"{head}\n{listed}".rstrip(),
        footer=_footer(number, page.pages, t),
    )
    reply = replace(reply, rows=tuple(_rows(page, number, own, t)))
    return reply if page.picture is None else _illustrated(reply, page, page.picture, t)


def _title(found: Coverage, t: Translator) -> str:
    event = shown(clean(found.event.name))
    if found.round_number is None:
        return t("coverage.title.event", event=event)
    return t("coverage.title", event=event, round=found.round_number)


def _footer(number: int, pages: int, t: Translator) -> str:
    ends = t("coverage.footer")
    if pages == 1:
        return ends
    return f"{t('coverage.page', page=number + 1, pages=pages)} · {ends}"


def _head(page: CoveragePage, own: Sequence[WatchedPlayer], t: Translator) -> list[str]:
    lines = [page.happened] if page.happened else []
    lines.append(_figures(page.found, t))
    if page.found.players and page.found.round_number is None:
        lines.append(f"-# {t('coverage.no_round')}")
    if own:
        lines += ["", t("coverage.own"), *(_own(each, t) for each in own[:_OWN_SHOWN])]
    if len(own) > _OWN_SHOWN:
        lines.append(t.plural("list.more", len(own) - _OWN_SHOWN))
    if page.in_order:
        lines += ["", t("coverage.first")]
    elif page.found.players:
        lines += ["", t("coverage.all_known")]
    return lines


def _figures(found: Coverage, t: Translator) -> str:
    """Say how many of how many are known, and of the others how many are watched."""
    counts, total = count_knowledge(found.players), len(found.players)
    if not total:
        return t("coverage.nobody")
    known = counts[Knowledge.KNOWN]
    first = t.plural("coverage.known", total, known=known)
    if total >= FEWEST_FOR_PERCENTAGES:
        first += f" ({percent(known / total, t)})"
    parts = [f"**{first}**", t.plural("coverage.claimed", counts[Knowledge.CLAIMED])]
    parts.append(t.plural("coverage.unclaimed", counts[Knowledge.UNKNOWN]))
    if counts[Knowledge.TEAM]:
        parts.append(t.plural("coverage.team", counts[Knowledge.TEAM]))
    return NEXT.join(parts)


def _own(watched: WatchedPlayer, t: Translator) -> str:
    where = "" if watched.table is None else f"{NEXT}{t('coverage.table', table=watched.table)}"
    return f"{_EYE} **{shown(clean(watched.name), _NAME)}**{where}"


def _line(player: FieldPlayer, t: Translator, found: Coverage) -> str:
    parts = [f"**{shown(clean(player.name), _NAME)}**", *_facts(player, t, found)]
    if player.watcher_id is not None:
        return f"{_EYE} {NEXT.join((*parts, person(player.watcher_id, t)))}"
    return f"• {NEXT.join(parts)}"


def _facts(player: FieldPlayer, t: Translator, found: Coverage) -> list[str]:
    """Say where somebody sits, and why they are worth it; what is not known is left out."""
    facts = []
    if player.table is not None:
        facts.append(t("coverage.table", table=player.table))
    if found.round_number is not None and player.opponent_id is None:
        facts.append(t("coverage.bye"))
    if player.points is not None:
        facts.append(t.plural("coverage.points", player.points))
    if player.rank is not None:
        facts.append(t("coverage.rank", rank=player.rank))
    return facts


def _rows(
    page: CoveragePage, number: int, own: Sequence[WatchedPlayer], t: Translator
) -> list[ActionRow]:
    found = page.found
    here = (found.event.id, place_on_page(found.round_number, number))
    players = page.in_order[number * PAGE : (number + 1) * PAGE]
    free = [each for each in players if each.knowledge is Knowledge.UNKNOWN]
    rows = []
    if page.may_claim and found.is_active and free:
        options = tuple(_option(each, t, found) for each in free[:SELECT_OPTIONS])
        rows.append(_select(CLAIM(*here), options, t("coverage.claim")))
    if page.may_claim and own:
        options = tuple(
            SelectOption(label=_label(each.name, each.table, t), value=str(each.player_id))
            for each in own[:SELECT_OPTIONS]
        )
        rows.append(_select(RELEASE_OWN(*here), options, t("coverage.release")))
    turns = page_buttons(
        lambda to: TURN_COVERAGE(found.event.id, place_on_page(found.round_number, to)),
        number,
        page.pages,
        t,
    )
    if turns:
        rows.append(ActionRow(components=turns))
    return rows


def _select(custom_id: str, options: tuple[SelectOption, ...], placeholder: str) -> ActionRow:
    return ActionRow(
        components=(Select(custom_id=custom_id, options=options, placeholder=placeholder),)
    )


def _option(player: FieldPlayer, t: Translator, found: Coverage) -> SelectOption:
    facts = _facts(replace(player, table=None), t, found)
    return SelectOption(
        label=_label(player.name, player.table, t),
        value=str(player.player_id),
        description=shorten(NEXT.join(facts), SELECT_LABEL) if facts else None,
    )


def _label(name: str, table: int | None, t: Translator) -> str:
    where = "" if table is None else f"{t('coverage.table.label', table=table)} · "
    return f"{where}{shorten(clean(name), SELECT_LABEL - length(where))}"


def _illustrated(reply: Reply, page: CoveragePage, picture: bytes, t: Translator) -> Reply:
    field = File(name=_MAP, content=picture, description=map_in_words(page.found, t))
    return replace(reply, embeds=(replace(reply.embeds[0], image=_MAP),), files=(field,))


def no_event_to_cover(t: Translator) -> Reply:
    """Say that there is no active event, and what to do."""
    return notice(Tone.REFUSED, t("no_event.title"), t("coverage.no_event.text"))


def round_unknown(asked: int, unknown: RoundUnknown, t: Translator) -> Reply:
    """Say that no pairings of a round were applied, and which are the newest."""
    text = t("coverage.no_such_round.none")
    if unknown.newest is not None:
        text = t("coverage.no_such_round.newest", newest=unknown.newest)
    return notice(Tone.REFUSED, t("coverage.no_such_round", round=asked), text)
