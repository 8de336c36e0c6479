"""Which database the settings name, and what a person is told when they name none or two."""

from __future__ import annotations

import base64
import json

import pytest

from scooty.errors import ConfigError
from scooty.runtime.config import Settings, load_settings
from scooty.runtime.database_settings import (
    Embedded,
    GivenPostgres,
    GivenSupabase,
    choose_database,
    project_url,
)

URL = "https://project.supabase.co"
POSTGRES = "postgresql://someone:hunter2hunter2@localhost/x"
DB_KEY = "k" * 32
SECRET = "sb_secret_hunter2"  # noqa: S105 - of no project
PUBLIC = "sb_publishable_hunter2"


def token(**claims: object) -> str:
    parts = [{"alg": "HS256"}, claims, "signature"]
    return ".".join(
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts
    )


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)


def settings(**variables: str) -> Settings:
    return load_settings(env_file=None, overrides=variables)


def test_nothing_set_is_the_embedded_database() -> None:
    assert choose_database(settings()) == Embedded()


def test_a_connection_string_is_a_postgresql() -> None:
    assert isinstance(choose_database(settings(DATABASE_URL=POSTGRES)), GivenPostgres)


@pytest.mark.parametrize(
    "key", [SECRET, token(role="service_role"), "a-key-of-a-server-of-ones-own", "a.b.c"]
)
def test_a_secret_key_opens_a_project(key: str) -> None:
    chosen = choose_database(settings(SUPABASE_URL=URL, SUPABASE_KEY=key))

    assert isinstance(chosen, GivenSupabase)
    assert (chosen.url, chosen.key_setting, chosen.db_key) == (URL, "SUPABASE_KEY", None)
    assert chosen.key.get_secret_value() == key


@pytest.mark.parametrize("key", [PUBLIC, token(role="anon")])
def test_a_public_key_opens_a_project_together_with_a_key_of_ones_own(key: str) -> None:
    chosen = choose_database(
        settings(SUPABASE_URL=URL, SUPABASE_ANON_KEY=key, SCOOTY_DB_KEY=DB_KEY)
    )

    assert isinstance(chosen, GivenSupabase)
    assert chosen.key_setting == "SUPABASE_ANON_KEY"
    assert chosen.db_key is not None
    assert chosen.db_key.get_secret_value() == DB_KEY


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"SUPABASE_URL": URL, "SUPABASE_ANON_KEY": PUBLIC}, "ANON_KEY alone is refused.*public"),
        ({"SUPABASE_URL": URL}, "SUPABASE_URL is set without a key"),
        ({"SUPABASE_KEY": SECRET}, "SUPABASE_URL is missing: set it beside SUPABASE_KEY"),
        ({"SUPABASE_ANON_KEY": PUBLIC, "SCOOTY_DB_KEY": DB_KEY}, "SUPABASE_URL is missing"),
        (
            {"SUPABASE_URL": URL, "SUPABASE_KEY": SECRET, "SUPABASE_ANON_KEY": PUBLIC},
            "SUPABASE_KEY and SUPABASE_ANON_KEY are both set",
        ),
        (
            {"SUPABASE_URL": URL, "SUPABASE_KEY": SECRET, "DATABASE_URL": POSTGRES},
            "DATABASE_URL and SUPABASE_URL and SUPABASE_KEY are set, which are two databases",
        ),
        (
            {"SUPABASE_ANON_KEY": PUBLIC, "DATABASE_URL": POSTGRES},
            "DATABASE_URL and SUPABASE_ANON_KEY are set",
        ),
        ({"SCOOTY_DB_KEY": DB_KEY}, "SCOOTY_DB_KEY is set, but it is used only together"),
        (
            {"SUPABASE_URL": URL, "SUPABASE_KEY": SECRET, "SCOOTY_DB_KEY": DB_KEY},
            "SCOOTY_DB_KEY is set, but it is used only together",
        ),
        ({"SUPABASE_URL": URL, "SUPABASE_KEY": PUBLIC}, "SUPABASE_KEY holds the project's public"),
        (
            {"SUPABASE_URL": URL, "SUPABASE_KEY": token(role="anon")},
            "SUPABASE_KEY holds the project's public",
        ),
        (
            {"SUPABASE_URL": URL, "SUPABASE_ANON_KEY": SECRET, "SCOOTY_DB_KEY": DB_KEY},
            "SUPABASE_ANON_KEY holds a secret key",
        ),
        (
            {
                "SUPABASE_URL": URL,
                "SUPABASE_ANON_KEY": token(role="service_role"),
                "SCOOTY_DB_KEY": DB_KEY,
            },
            "SUPABASE_ANON_KEY holds a secret key",
        ),
    ],
)
def test_settings_that_do_not_go_together_are_refused_with_the_reason(
    variables: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ConfigError, match=sentence) as caught:
        settings(**variables)

    assert "hunter2" not in str(caught.value)
    assert DB_KEY not in str(caught.value)


@pytest.mark.parametrize(
    "typed",
    [
        URL,
        f"{URL}/",
        f"{URL}/rest/v1",
        f"{URL}/rest/v1/",
        f" {URL}/rest/v1 ",
    ],
)
def test_what_people_copy_along_with_the_address_is_taken_off(typed: str) -> None:
    assert project_url(typed) == URL


@pytest.mark.parametrize("url", ["http://127.0.0.1:54321", "http://localhost:54321/rest/v1"])
def test_a_project_on_this_machine_needs_no_encryption(url: str) -> None:
    assert project_url(url) == url.removesuffix("/rest/v1")


def test_secrets_are_redacted_in_what_was_chosen() -> None:
    chosen = choose_database(
        settings(SUPABASE_URL=URL, SUPABASE_ANON_KEY=PUBLIC, SCOOTY_DB_KEY=DB_KEY)
    )

    assert PUBLIC not in repr(chosen)
    assert DB_KEY not in repr(chosen)
