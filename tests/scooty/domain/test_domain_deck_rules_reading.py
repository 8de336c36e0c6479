"""Files of rules that operators write: what is wrong in one is named exactly."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.deck_rules import OUR_RULES, our_rules, read_rules
from scooty.domain.deck_rules.reading import rules_in
from scooty.errors import ConfigError
from scooty.runtime.config import load_settings
from scooty.runtime.wiring.deck_rules import deck_rules

if TYPE_CHECKING:
    from pathlib import Path

RULE = '[[rules]]\narchetype = "Burn"\npriority = 1\n'
GOOD = f'format = "modern"\n{RULE}all = {{ "Lava Spike" = 3 }}\n'


def test_our_folder_can_be_copied_and_read_from_elsewhere(tmp_path: Path) -> None:
    shutil.copytree(OUR_RULES, tmp_path / "rules")
    overrides = {"SCOOTY_DECK_RULES_DIR": str(tmp_path / "rules")}

    assert deck_rules(load_settings(env_file=None, overrides=overrides)) == our_rules()
    assert deck_rules(load_settings(env_file=None)) == our_rules()


def test_a_rule_is_read_as_it_is_written(tmp_path: Path) -> None:
    written = (
        'format = "Modern"\n[colours]\nR = ["Lava Spike"]\n'
        f'{RULE}colours = "R"\nall = {{ "Lava Spike" = 3 }}\n'
        'any = [{ at_least = 2, cards = ["Wear // Tear", "Wear/Tear"] }]\nnone = ["Counterspell"]\n'
    )
    (tmp_path / "modern.toml").write_text(written, "utf-8")

    [found] = read_rules(tmp_path)

    [rule] = found.rules
    assert (found.format, found.colours) == ("modern", {"lava spike": "R"})
    assert [(need.cards, need.at_least) for need in rule.needs] == [
        (("lava spike",), 3),
        (("wear",), 2),
    ]
    assert (rule.colours, rule.none) == ("R", frozenset({"counterspell"}))


@pytest.mark.parametrize(
    ("content", "key", "expected"),
    [
        ("format = ", "cannot be read as TOML", "end of document"),
        (GOOD.replace('"modern"', '"old modern"'), "format", "one word"),
        (GOOD.replace("format", "formats"), "formats", "one of format, colours, rules"),
        ('format = "modern"\n', "rules", "[[rules]]"),
        (GOOD.replace('"Burn"', '""'), "rules[0].archetype", "1 to 100 characters"),
        (GOOD.replace("= 1", '= "one"'), "rules[0].priority", "a whole number from 1 to 1000"),
        (GOOD.replace("= 1", "= true"), "rules[0].priority", "a whole number"),
        (GOOD.replace("= 3", "= 0"), "rules[0].all.Lava Spike", "from 1 to 250"),
        (GOOD.replace("all =", "al ="), "rules[0].al", "one of archetype"),
        (f'format = "modern"\n{RULE}', "rules[0]", "all or any"),
        (f"{GOOD}none = 3\n", "rules[0].none", "a list of cards"),
        (f'{GOOD}colours = "RW"\n', "rules[0].colours", "WUBRG"),
        (f"{GOOD}any = [3]\n", "rules[0].any[0]", "a table"),
        (f"{GOOD}any = 3\n", "rules[0].any", "a list of tables"),
        (f"{GOOD}any = [{{ at_least = 1 }}]\n", "rules[0].any[0].cards", "a list of cards"),
        (
            f'{GOOD}any = [{{ at_least = "4", cards = ["Bolt"] }}]\n',
            "rules[0].any[0].at_least",
            "a whole number",
        ),
        (f"{GOOD}[colours]\nX = []\n", "colours.X", "WUBRG"),
        (f'{GOOD}[colours]\nR = ["a"]\nG = ["a"]\n', "colours.G", "each card once"),
    ],
)
def test_what_is_wrong_names_the_file_the_key_and_the_form(
    tmp_path: Path, content: str, key: str, expected: str
) -> None:
    (tmp_path / "modern.toml").write_text(content, "utf-8")
    settings = load_settings(env_file=None, overrides={"SCOOTY_DECK_RULES_DIR": str(tmp_path)})

    with pytest.raises(ConfigError) as raised:
        deck_rules(settings)

    text = str(raised.value)
    assert text.startswith("SCOOTY_DECK_RULES_DIR cannot be used: ")
    assert str(tmp_path / "modern.toml") in text
    assert key in text
    assert expected in text


def test_a_folder_without_rules_and_two_files_of_one_format_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="holds no rules"):
        read_rules(tmp_path)
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(GOOD, "utf-8")
    with pytest.raises(ConfigError, match="no other file has"):
        read_rules(tmp_path)


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers(-2, 300) | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ("archetype", "priority", "all", "any", "none", "at_least", "cards")
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=8,
    )
)
def test_whatever_a_file_holds_is_read_or_refused_with_a_sentence(value: object) -> None:
    try:
        read = rules_in("x.toml", {"format": "modern", "rules": value})
    except ConfigError as error:
        assert str(error).startswith("x.toml: rules")  # noqa: PT017 - both ways are right
    else:
        assert read.rules
