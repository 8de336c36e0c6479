"""What the page shows: answers in all their states, forms, files, and text that stays text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.acceptance.conftest import OpenPage
    from tests.acceptance.discord_page import DiscordPage

pytestmark = [pytest.mark.chaos, pytest.mark.browser]

_AFTER_3_S = 8_000


def note(page: DiscordPage) -> None:
    """Send the command whose answer has an embed, buttons and a select."""
    page.begin("note")
    page.take_choice("jane", "Doe, Jane")
    page.type("Burn")
    page.press("Enter")
    expect(page.answer_to("note").locator(".embed")).to_be_visible()


def test_a_deferred_answer_is_thought_about_and_then_read(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)

    page.run("slow")

    expect(page.answer_to("slow")).to_contain_text("Scooty is thinking…")
    expect(page.answer_to("slow")).to_contain_text("At last")
    expect(page.answer_to("slow").locator(".thinking")).to_have_count(0)


def test_a_command_without_an_answer_is_said_to_have_failed(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)

    page.run("silent")
    expect(page.answer_to("silent")).to_contain_text("Sending command…")

    expect(page.answer_to("silent")).to_contain_text(
        "The application did not respond", timeout=_AFTER_3_S
    )


def test_a_command_that_failed_stays_where_it_was_sent(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)
    page.run("silent")
    failed = page.page.locator(".command-failed")
    expect(failed).to_be_visible(timeout=_AFTER_3_S)

    page.type("afterwards")
    page.press("Enter")

    expect(page.last).to_contain_text("afterwards")
    expect(failed).to_be_visible()


def test_an_ephemeral_answer_is_for_one_pair_of_eyes_and_can_be_dismissed(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)
    note(page)
    answer = page.answer_to("note")
    expect(answer).to_contain_text("Only you can see this")

    other = open_page(rehearsal)
    other.become("Sam")
    expect(other.page.locator(".embed")).to_have_count(0)

    count = page.messages.count()
    answer.get_by_role("button", name="Dismiss message").click()
    expect(page.messages).to_have_count(count - 1)


def test_a_button_that_edits_its_message_changes_it_in_place(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)
    note(page)

    page.answer_to("note").get_by_role("button", name="Undo").click()

    expect(page.answer_to("note")).to_contain_text("Undone")
    expect(page.answer_to("note").get_by_role("button", name="Undo")).to_have_count(0)


def test_a_button_without_an_answer_waits_and_then_tells(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)
    note(page)
    button = page.answer_to("note").get_by_role("button", name="Never answers")

    button.click()
    expect(button).to_have_attribute("aria-busy", "true")

    expect(page.answer_to("note").get_by_role("alert")).to_have_text(
        "This interaction failed", timeout=_AFTER_3_S
    )
    expect(button).not_to_have_attribute("aria-busy", "true")


def test_a_select_is_used_by_keyboard_alone(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)
    note(page)
    page.answer_to("note").locator(".select-opener").focus()

    page.press("Enter", "ArrowDown", "Enter")

    expect(page.last).to_contain_text("Chosen: Roe, Rick")


def test_a_form_counts_checks_and_sends(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)
    note(page)
    page.answer_to("note").get_by_role("button", name="Form").click()
    form = page.page.get_by_role("dialog", name="Correct the note")
    deck = form.get_by_role("textbox", name="Deck")
    expect(deck).to_be_focused()

    page.press("Enter")
    expect(form.locator(".modal-error").first).to_have_text("This field is required.")
    page.type("ab")
    page.press("Enter")
    expect(form.locator(".modal-error").first).to_have_text("At least 3 characters.")
    expect(form.locator(".modal-count").first).to_have_text("2/20")
    page.type("zan")
    page.press("Enter")

    expect(form).to_have_count(0)
    expect(page.last).to_contain_text("Corrected: abzan")


def test_escape_closes_a_form_and_gives_the_focus_back(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)
    note(page)
    page.answer_to("note").get_by_role("button", name="Form").click()
    expect(page.page.get_by_role("dialog")).to_be_visible()

    page.press("Escape")

    expect(page.page.get_by_role("dialog")).to_have_count(0)
    expect(page.text).to_be_focused()


def test_pictures_are_loaded_from_this_machine_only(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)

    page.run("post")

    answer = page.answer_to("post")
    picture = answer.locator(".embed-picture img")
    expect(picture).to_have_js_property("naturalWidth", 4)
    expect(answer.locator("img")).to_have_count(1)
    expect(answer.get_by_role("link", name="board.csv")).to_be_visible()


_HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "<javascript:alert(1)>",
    "**<b onclick=alert(1)>bold</b>**",
)


def test_what_people_type_is_text_and_nothing_else(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)

    for hostile in _HOSTILE:
        page.type(hostile)
        page.press("Enter")
        content = page.last.locator(".message-content")
        expect(content).to_have_text(hostile.strip("*"))
        expect(content.locator("img, script, b, a, [onclick]")).to_have_count(0)


def test_the_browser_itself_refuses_text_as_markup(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)

    refused = page.page.evaluate(
        """() => {
          try { document.createElement("div").innerHTML = "<i>x</i>"; return false; }
          catch (error) { return error instanceof TypeError; }
        }"""
    )

    assert refused is True
    page.complaints.clear()  # the browser reports the attempt on the console, as it should


def test_nobody_is_mentioned_unless_discord_says_so(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)

    page.run("post")

    content = page.answer_to("post").locator(".message-content")
    expect(content).to_have_text("@everyone sees this")
    expect(content.locator(".mention")).to_have_count(0)


_MARKDOWN = {
    "**bold** and *italic*": "strong(bold) and emphasis(italic)",
    "***both***": "strong(emphasis(both))",
    "__under__ ~~gone~~ ||hidden||": "underline(under) strike(gone) spoiler(hidden)",
    "`code **not bold**`": "code(code **not bold**)",
    r"\*not italic\* \_nor this\_": "*not italic* _nor this_",
    "snake_case_name stays": "snake_case_name stays",
    "2 * 3 * 4": "2 * 3 * 4",
    "**bold _both_**": "strong(bold emphasis(both))",
    "unclosed **mark": "unclosed **mark",
    r"**a \** b**": "strong(a ** b)",
    "<t:1795510620:R> <@5> <#6>": "time() user() channel()",
}


def plain(nodes: list[dict[str, Any]]) -> str:
    """Write a tree of marks on one line."""
    return "".join(plain_node(node) for node in nodes)


def plain_node(node: dict[str, Any]) -> str:
    text = plain(node["children"]) if "children" in node else node.get("text", "")
    return text if node["kind"] == "text" else f"{node['kind']}({text})"


def test_markdown_reads_as_in_discord(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)

    trees = page.page.evaluate(
        """async (sources) => {
          const { parseInline } = await import("/page/markdown.js");
          return sources.map((source) => parseInline(source));
        }""",
        list(_MARKDOWN),
    )

    read = dict(zip(_MARKDOWN, map(plain, trees), strict=True))
    assert read == _MARKDOWN


def test_blocks_of_markdown_are_told_apart(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)
    source = "# Title\n> quoted\n- one\n```py\nprint()\n```\n-# small\nplain"

    blocks = page.page.evaluate(
        "async (source) => (await import('/page/markdown.js')).parseMarkdown(source)", source
    )

    kinds = [block["kind"] for block in blocks]
    assert kinds == ["heading1", "quote", "bullet", "fence", "subtext", "line"]


_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86_400
_RELATIVE = {
    0: "now",
    -40: "40 seconds ago",
    int(14.9 * _MINUTE_S): "in 15 minutes",
    int(-59.8 * _MINUTE_S): "1 hour ago",
    -100 * _MINUTE_S: "2 hours ago",
    20 * _HOUR_S: "in 20 hours",
    -40 * _DAY_S: "last month",
    -800 * _DAY_S: "2 years ago",
}


def test_relative_times_are_rounded_to_the_nearest(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)

    texts = page.page.evaluate(
        """async (offsets) => {
          const { timestampNode } = await import("/page/times.js");
          const now = Math.floor(Date.now() / 1000);
          return offsets.map((offset) => timestampNode(now + offset, "R").textContent);
        }""",
        list(_RELATIVE),
    )

    assert dict(zip(_RELATIVE, texts, strict=True)) == _RELATIVE
