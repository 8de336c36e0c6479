"""Every documented limit: what just fits is taken, what is over it is refused and recorded."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from sandbox import demo
from sandbox.config import SandboxConfig
from sandbox.rest.errors import RestError
from sandbox.trace import Trace
from sandbox.validation.choices import check_choices
from sandbox.validation.commands import check_command, check_command_set
from sandbox.validation.messages import check_message
from sandbox.validation.modals import check_modal

if TYPE_CHECKING:
    from tests.sandbox.conftest import House


def embed(**parts: Any) -> dict[str, Any]:
    return {"embeds": [{"title": "t", **parts}]}


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"content": "x", "components": [{"type": 1, "components": list(components)}]}


def button(number: int = 0, **parts: Any) -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": "b", "custom_id": f"b{number}", **parts}


def select(options: int, **parts: Any) -> dict[str, Any]:
    listed = [{"label": str(n), "value": str(n)} for n in range(options)]
    return {"type": 3, "custom_id": "s", "options": listed, **parts}


def rows(number: int) -> dict[str, Any]:
    return {
        "content": "x",
        "components": [{"type": 1, "components": [button(n)]} for n in range(number)],
    }


def field(name: str = "n", value: str = "v") -> dict[str, str]:
    return {"name": name, "value": value}


def refusal(check: Any, *arguments: Any) -> dict[str, Any] | None:
    """Return the error that a check raises, None when the body is fine."""
    try:
        check(*arguments)
    except RestError as error:
        return error.to_json()
    return None


@pytest.mark.parametrize(
    ("fits", "breaks", "path"),
    [
        ({"content": "x" * 2000}, {"content": "x" * 2001}, "content"),
        ({"embeds": [{"title": "t"}] * 10}, {"embeds": [{"title": "t"}] * 11}, "embeds"),
        (embed(title="x" * 256), embed(title="x" * 257), "embeds.0.title"),
        (embed(description="x" * 4096), embed(description="x" * 4097), "embeds.0.description"),
        (embed(fields=[field()] * 25), embed(fields=[field()] * 26), "embeds.0.fields"),
        (
            embed(fields=[field(name="x" * 256)]),
            embed(fields=[field(name="x" * 257)]),
            "embeds.0.fields.0.name",
        ),
        (
            embed(fields=[field(value="x" * 1024)]),
            embed(fields=[field(value="x" * 1025)]),
            "embeds.0.fields.0.value",
        ),
        (
            embed(fields=[field(name="n")]),
            embed(fields=[field(name="")]),
            "embeds.0.fields.0.name",
        ),
        (
            embed(footer={"text": "x" * 2048}),
            embed(footer={"text": "x" * 2049}),
            "embeds.0.footer.text",
        ),
        (
            embed(author={"name": "x" * 256}),
            embed(author={"name": "x" * 257}),
            "embeds.0.author.name",
        ),
        (
            {"embeds": [{"description": "x" * 3000}] * 2},
            {"embeds": [{"description": "x" * 3000}, {"description": "x" * 3001}]},
            "embeds",
        ),
        (embed(color=0xFFFFFF), embed(color=0x1000000), "embeds.0.color"),
        (rows(5), rows(6), "components"),
        (
            row(*(button(n) for n in range(5))),
            row(*(button(n) for n in range(6))),
            "components.0.components",
        ),
        (
            row(button(label="x" * 80)),
            row(button(label="x" * 81)),
            "components.0.components.0.label",
        ),
        (
            row(button(custom_id="x" * 100)),
            row(button(custom_id="x" * 101)),
            "components.0.components.0.custom_id",
        ),
        (row(button(1), button(2)), row(button(1), button(1)), "components.0.components.1"),
        (row(select(25)), row(select(26)), "components.0.components.0.options"),
        (row(select(1)), row(select(1), button()), "components.0.components"),
        (
            row(select(1, placeholder="x" * 150)),
            row(select(1, placeholder="x" * 151)),
            "components.0.components.0.placeholder",
        ),
        (row(select(2, max_values=2)), row(select(2, max_values=3)), "components.0.components.0"),
        (
            {"content": "x", "allowed_mentions": {"parse": ["users"]}},
            {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
            "allowed_mentions",
        ),
    ],
)
def test_a_messages_limits_hold(fits: Any, breaks: Any, path: str) -> None:
    trace = Trace()

    assert refusal(check_message, trace, "test", fits, ()) is None
    refused = refusal(check_message, trace, "test", breaks, ())

    assert refused is not None
    assert refused["code"] == 50035
    node = refused["errors"]
    for step in path.split("."):
        node = node[step]
    assert "_errors" in json.dumps(node)
    assert trace.breach_count == 0


def test_an_empty_message_is_refused() -> None:
    refused = refusal(check_message, Trace(), "test", {"content": "  "}, ())

    assert refused is not None
    assert refused["code"] == 50006


def test_a_misspelt_key_is_recorded_although_discord_ignores_it() -> None:
    trace = Trace()

    check_message(trace, "test", embed(colour=1), ())

    assert [(breach.rule, breach.detail) for breach in trace.breaches] == [
        ("unknown_key", "embeds.0.colour")
    ]


def text_input(**parts: Any) -> dict[str, Any]:
    return {"type": 4, "custom_id": "i", "label": "l", "style": 1, **parts}


def modal(number: int = 1, title: str = "t", **parts: Any) -> dict[str, Any]:
    return {
        "custom_id": "m",
        "title": title,
        "components": [
            {"type": 1, "components": [text_input(custom_id=f"i{n}", **parts)]}
            for n in range(number)
        ],
    }


@pytest.mark.parametrize(
    ("fits", "breaks"),
    [
        (modal(title="x" * 45), modal(title="x" * 46)),
        (modal(5), modal(6)),
        (modal(label="x" * 45), modal(label="x" * 46)),
        (modal(placeholder="x" * 100), modal(placeholder="x" * 101)),
        (modal(value="x" * 4000), modal(value="x" * 4001)),
        (modal(max_length=4000), modal(max_length=4001)),
        (modal(1), modal(0)),
    ],
)
def test_a_modals_limits_hold(fits: Any, breaks: Any) -> None:
    assert refusal(check_modal, Trace(), fits) is None
    assert refusal(check_modal, Trace(), breaks) is not None


def choices(number: int, name: str = "", value: Any = "v") -> dict[str, Any]:
    return {"choices": [{"name": name or str(n), "value": value} for n in range(number)]}


@pytest.mark.parametrize(
    ("fits", "breaks"),
    [
        (choices(25), choices(26)),
        (choices(1, name="x" * 100), choices(1, name="x" * 101)),
        (choices(1, value="x" * 100), choices(1, value="x" * 101)),
        (choices(1, value=3), choices(1, value=None)),
        (choices(0), {}),
    ],
)
def test_the_limits_of_suggestions_hold(fits: Any, breaks: Any) -> None:
    assert refusal(check_choices, Trace(), fits) is None
    assert refusal(check_choices, Trace(), breaks) is not None


def command(**parts: Any) -> dict[str, Any]:
    return {"name": "scout", "description": "d", **parts}


def option(number: int = 0, **parts: Any) -> dict[str, Any]:
    return {"type": 3, "name": f"o{number}", "description": "d", **parts}


def group(depth: int) -> dict[str, Any]:
    if depth == 0:
        return {"type": 1, "name": "leaf", "description": "d"}
    return {"type": 2, "name": f"g{depth}", "description": "d", "options": [group(depth - 1)]}


@pytest.mark.parametrize(
    ("fits", "breaks"),
    [
        (command(name="x" * 32), command(name="x" * 33)),
        (command(name="prévoir"), command(name="Prévoir")),
        (command(name="create-event"), command(name="create event")),
        (command(description="x" * 100), command(description="x" * 101)),
        (command(description="x"), command(description="")),
        (command(name_localizations={"fr": "é"}), command(name_localizations={"fr": "É"})),
        (
            command(options=[option(n) for n in range(25)]),
            command(options=[option(n) for n in range(26)]),
        ),
        (
            command(options=[option(choices=choices(25)["choices"])]),
            command(options=[option(choices=choices(26)["choices"])]),
        ),
        (
            command(options=[option(autocomplete=True)]),
            command(options=[option(autocomplete=True, choices=choices(1)["choices"])]),
        ),
        (
            command(options=[option(1, required=True), option(2)]),
            command(options=[option(1), option(2, required=True)]),
        ),
        (command(options=[option(1), option(2)]), command(options=[option(1), option(1)])),
        (command(options=[group(1)]), command(options=[group(2)])),
        (command(options=[group(1)]), command(options=[group(1), option()])),
        (
            command(options=[option(n, description="x" * 100) for n in range(25)]),
            command(
                options=[
                    option(n, choices=[{"name": "x" * 100, "value": str(c)} for c in range(4)])
                    for n in range(25)
                ]
            ),
        ),
        (command(type=3, description=""), command(type=3)),
    ],
)
def test_a_commands_limits_hold(fits: Any, breaks: Any) -> None:
    assert refusal(check_command, Trace(), "test", fits) is None
    assert refusal(check_command, Trace(), "test", breaks) is not None


@pytest.mark.parametrize(("kind", "most"), [(1, 100), (2, 15), (3, 15)])
def test_a_scope_holds_so_many_commands_of_a_kind(kind: int, most: int) -> None:
    described = {"description": "d"} if kind == 1 else {}
    fits = [{"type": kind, "name": f"c{n}", **described} for n in range(most)]

    assert refusal(check_command_set, Trace(), "test", fits) is None
    breaks = [*fits, {"type": kind, "name": "more", **described}]
    refused = refusal(check_command_set, Trace(), "test", breaks)

    assert refused is not None
    assert refused["code"] == 30032


class TestUploads:
    @pytest.fixture
    def config(self) -> SandboxConfig:
        return SandboxConfig()

    async def test_a_file_over_ten_mebibytes_is_refused(self, house: House) -> None:
        rest = await house.rest()
        form = aiohttp.FormData()
        form.add_field("payload_json", "{}", content_type="application/json")
        big = io.BytesIO(b"x" * (10 * 1024 * 1024 + 1))
        form.add_field("files[0]", big, filename="big.bin")

        status, body, _ = await rest(
            "POST", f"/channels/{demo.AZORIUS_GENERAL}/messages", data=form
        )

        assert (status, body["code"]) == (413, 40005)

    async def test_a_refused_body_is_recorded_as_a_breach(self, house: House) -> None:
        rest = await house.rest()

        status, body, _ = await rest(
            "POST", f"/channels/{demo.AZORIUS_GENERAL}/messages", json={"content": "x" * 2001}
        )

        assert (status, body["code"]) == (400, 50035)
        assert body["errors"]["content"]["_errors"][0]["code"] == "BASE_TYPE_MAX_LENGTH"
        assert house.rules_broken == ["invalid_body"]
