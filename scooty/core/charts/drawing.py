"""All charts that there are, and the drawing of each: for a thread of its own."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, TypeAlias, assert_never

from scooty.features.coverage.replies.field_drawing import draw_field
from scooty.features.coverage.replies.field_map import FieldMap
from scooty.features.results.replies.matchup_chart import MatchupChart
from scooty.features.results.replies.matchup_drawing import draw_matchups
from scooty.features.stats.replies.share_chart import ShareChart
from scooty.features.stats.replies.share_drawing import draw_shares

Chart: TypeAlias = ShareChart | FieldMap | MatchupChart
"""All that can be drawn."""

_KEPT: Final = 32
"""Pictures of some 30 KB."""


@lru_cache(maxsize=_KEPT)
def draw(chart: Chart) -> bytes:
    """Draw a chart as a PNG; what was drawn lately is not drawn again."""
    match chart:
        case ShareChart():
            return draw_shares(chart)
        case FieldMap():
            return draw_field(chart)
        case MatchupChart():
            return draw_matchups(chart)
        case _:
            assert_never(chart)
