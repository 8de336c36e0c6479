from __future__ import annotations

import pytest

from actors.discord_gateway.base_url import check_base_url
from actors.discord_gateway.errors import EX_CONFIG, DiscordBaseRefusedError


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123"),
        ("http://127.0.0.1:8123/", "http://127.0.0.1:8123"),
        ("http://localhost:80", "http://localhost:80"),
        ("http://[::1]:8123", "http://[::1]:8123"),
        ("https://127.8.9.1", "https://127.8.9.1"),
    ],
)
def test_an_address_on_this_machine_is_accepted(given: str, kept: str) -> None:
    assert check_base_url(given) == kept


@pytest.mark.parametrize(
    "given",
    [
        "http://discord.example:8123",
        "http://10.0.0.1:8123",
        "http://0.0.0.0:8123",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://2130706433:8123",
        "http://user@127.0.0.1:8123",
        "http://127.0.0.1:8123@evil.example",
        "http://127.0.0.1:8123/api",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:0",
        "ftp://127.0.0.1",
        "127.0.0.1:8123",
        "http://[::1",
        "http://",
        "x",
    ],
)
def test_any_other_address_is_refused_by_naming_the_variable(given: str) -> None:
    with pytest.raises(DiscordBaseRefusedError, match="SCOOTY_DISCORD_BASE") as refused:
        check_base_url(given)

    assert refused.value.exit_code == EX_CONFIG
    assert isinstance(refused.value, ValueError)
