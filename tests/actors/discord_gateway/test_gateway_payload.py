from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.discord_gateway.limits import find_breach
from actors.discord_gateway.payload import (
    callback_body,
    deferral_body,
    files_of,
    message_body,
)
from actors.discord_gateway.replies import (
    ActionRow,
    Button,
    Choice,
    Embed,
    EmbedField,
    File,
    OfferChoices,
    Reply,
    Response,
    Select,
    SelectOption,
    ShowModal,
    TextInput,
    UpdateMessage,
)

MIB = 1024 * 1024


def text(most: int, least: int = 1) -> st.SearchStrategy[str]:
    return st.text(st.characters(codec="utf-8"), min_size=least, max_size=most)


BUTTONS = st.builds(
    Button,
    label=text(80),
    custom_id=text(100),
    style=st.sampled_from(["primary", "secondary", "success", "danger"]),
    disabled=st.booleans(),
)
ROWS = st.lists(BUTTONS, min_size=1, max_size=5, unique_by=lambda button: button.custom_id).map(
    lambda buttons: (ActionRow(components=tuple(buttons)),)
)
EMBEDS = st.builds(
    Embed,
    title=text(256),
    description=st.none() | text(500),
    colour=st.none() | st.integers(0, 0xFFFFFF),
    fields=st.lists(st.builds(EmbedField, name=text(20), value=text(50)), max_size=4).map(tuple),
    footer=st.none() | text(100),
)
REPLIES = st.builds(
    Reply,
    content=text(2_000).filter(str.strip),
    embeds=st.lists(EMBEDS, max_size=2).map(tuple),
    rows=st.just(()) | ROWS,
    ephemeral=st.booleans(),
)


@given(reply=REPLIES, replaces=st.booleans())
def test_no_message_mentions_anybody(reply: Reply, replaces: bool) -> None:  # noqa: FBT001 - drawn
    assert message_body(reply, replaces=replaces)["allowed_mentions"] == {"parse": []}


@given(reply=REPLIES)
def test_a_message_within_the_limits_breaks_none_and_is_json(reply: Reply) -> None:
    assert find_breach(reply, attachment_size_limit=MIB) is None
    assert orjson.loads(orjson.dumps(callback_body(reply)))["data"]["content"] == reply.content


@given(reply=REPLIES)
def test_an_edit_names_every_part_and_keeps_who_sees_it(reply: Reply) -> None:
    body = message_body(reply, replaces=True)

    assert {"content", "embeds", "components", "attachments"} <= body.keys()
    assert "flags" not in body


@given(reply=REPLIES)
def test_a_new_message_is_ephemeral_by_flag_64(reply: Reply) -> None:
    assert message_body(reply, replaces=False).get("flags", 0) == (64 if reply.ephemeral else 0)


def test_a_card_has_discords_own_field_names() -> None:
    embed = Embed(
        title="Doe, Jane",
        description="Storm",
        colour=0x112233,
        fields=(EmbedField(name="Round", value="3", inline=True),),
        footer="before you sit down only",
        image="chart.png",
    )
    reply = Reply(embeds=(embed,), files=(File(name="chart.png", content=b"x", description="d"),))

    body = message_body(reply, replaces=False)

    assert body["embeds"] == [
        {
            "title": "Doe, Jane",
            "description": "Storm",
            "color": 0x112233,
            "fields": [{"name": "Round", "value": "3", "inline": True}],
            "footer": {"text": "before you sit down only"},
            "image": {"url": "attachment://chart.png"},
        }
    ]
    assert body["attachments"] == [{"id": "0", "filename": "chart.png", "description": "d"}]
    assert files_of(reply) == files_of(UpdateMessage(reply=reply)) == reply.files


def test_buttons_and_selects_become_components() -> None:
    rows = (
        ActionRow(components=(Button(label="Undo", custom_id="u", style="danger", emoji="↩"),)),
        ActionRow(
            components=(
                Select(
                    custom_id="s",
                    placeholder="Which?",
                    options=(SelectOption(label="A", value="a", emoji="<a:mana:12>"),),
                ),
            )
        ),
    )

    components = message_body(Reply(rows=rows), replaces=False)["components"]

    assert components == [
        {
            "type": 1,
            "components": [
                {"type": 2, "style": 4, "label": "Undo", "custom_id": "u", "emoji": {"name": "↩"}}
            ],
        },
        {
            "type": 1,
            "components": [
                {
                    "type": 3,
                    "custom_id": "s",
                    "options": [
                        {
                            "label": "A",
                            "value": "a",
                            "emoji": {"name": "mana", "id": "12", "animated": True},
                        }
                    ],
                    "placeholder": "Which?",
                    "min_values": 1,
                    "max_values": 1,
                }
            ],
        },
    ]


FORM = ShowModal(
    custom_id="edit",
    title="Edit",
    inputs=(TextInput(custom_id="c", label="Comment", style="paragraph", max_length=500),),
)


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (Reply(content="x"), 4),
        (UpdateMessage(reply=Reply(content="x")), 7),
        (OfferChoices(choices=()), 8),
        (FORM, 9),
    ],
)
def test_each_response_has_its_callback_type(response: Response, kind: int) -> None:
    assert callback_body(response)["type"] == kind


def test_a_form_has_one_row_for_each_input() -> None:
    assert callback_body(FORM)["data"] == {
        "custom_id": "edit",
        "title": "Edit",
        "components": [
            {
                "type": 1,
                "components": [
                    {
                        "type": 4,
                        "custom_id": "c",
                        "label": "Comment",
                        "style": 2,
                        "required": True,
                        "max_length": 500,
                    }
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    ("ephemeral", "update", "body"),
    [
        (True, False, {"type": 5, "data": {"flags": 64}}),
        (False, False, {"type": 5}),
        (True, True, {"type": 6}),
    ],
)
def test_a_deferral_says_what_is_awaited(
    ephemeral: bool,  # noqa: FBT001 - a parameter of the table above
    update: bool,  # noqa: FBT001 - the same
    body: dict[str, Any],
) -> None:
    assert deferral_body(ephemeral=ephemeral, update=update) == body


BUTTON = Button(label="b", custom_id="b")
OPTION = SelectOption(label="a", value="a")
SELECT = Select(custom_id="s", options=(OPTION,))
INPUT = FORM.inputs[0]


def rows(*components: Button | Select) -> Reply:
    return Reply(rows=(ActionRow(components=components),))


def numbered(count: int) -> tuple[Button, ...]:
    return tuple(replace(BUTTON, custom_id=str(index)) for index in range(count))


@pytest.mark.parametrize(
    "response",
    [
        Reply(),
        Reply(content="  \n"),
        Reply(content="x" * 2_001),
        Reply(embeds=(Embed(title="x"),) * 11),
        Reply(embeds=(Embed(),)),
        Reply(embeds=(Embed(title="x" * 257),)),
        Reply(embeds=(Embed(description="x" * 4_097),)),
        Reply(embeds=(Embed(title="x", footer="x" * 2_049),)),
        Reply(embeds=(Embed(fields=(EmbedField(name="n", value="v"),) * 26),)),
        Reply(embeds=(Embed(fields=(EmbedField(name="", value="v"),)),)),
        Reply(embeds=(Embed(fields=(EmbedField(name="n", value="x" * 1_025),)),)),
        Reply(embeds=(Embed(description="x" * 4_000), Embed(description="x" * 2_001))),
        Reply(embeds=(Embed(title="x", image="chart.png"),)),
        Reply(content="x", rows=tuple(ActionRow(components=(b,)) for b in numbered(6))),
        Reply(content="x", files=(File(name="a", content=b""),) * 11),
        Reply(content="x", files=(File(name="a.png", content=b"x" * (MIB + 1)),)),
        Reply(content="x", files=(File(name='a"b', content=b"x"),)),
        rows(*numbered(6)),
        rows(),
        rows(BUTTON, BUTTON),
        rows(SELECT, BUTTON),
        rows(replace(BUTTON, label="x" * 81)),
        rows(replace(BUTTON, label="")),
        rows(replace(BUTTON, custom_id="x" * 101)),
        rows(replace(SELECT, options=())),
        rows(replace(SELECT, options=(OPTION, OPTION))),
        rows(replace(SELECT, placeholder="x" * 151)),
        rows(replace(SELECT, max_values=2)),
        rows(replace(SELECT, options=(replace(OPTION, label="x" * 101),))),
        replace(FORM, title="x" * 46),
        replace(FORM, inputs=()),
        replace(FORM, inputs=tuple(replace(INPUT, custom_id=str(n)) for n in range(6))),
        replace(FORM, inputs=(replace(INPUT, label="x" * 46),)),
        replace(FORM, inputs=(replace(INPUT, max_length=4_001),)),
        replace(FORM, inputs=(replace(INPUT, value="x" * 501),)),
        OfferChoices(choices=tuple(Choice(name=str(n), value=n) for n in range(26))),
        OfferChoices(choices=(Choice(name="", value="v"),)),
        OfferChoices(choices=(Choice(name="x" * 101, value="v"),)),
        OfferChoices(choices=(Choice(name="n", value="x" * 101),)),
        OfferChoices(choices=(Choice(name="n", value="a"), Choice(name="n", value="b"))),
    ],
)
def test_a_response_beyond_a_limit_is_named(response: Response) -> None:
    breach = find_breach(response, attachment_size_limit=MIB)

    assert breach is not None
    assert "xx" not in breach
