from __future__ import annotations

from scooty.domain.colours import in_order


def test_colours_are_put_in_the_players_order_once_each() -> None:
    assert in_order("grwwX") == "WRG"
