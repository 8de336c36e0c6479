"""No secret is committed: what keeps them out, that it finds them, and that there is none now."""

from __future__ import annotations

import base64
import json
import secrets
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.secret_scan import scanner

if TYPE_CHECKING:
    from pathlib import Path

# Put together here, so that this file holds nothing that looks like one.
_ID = base64.b64encode(b"1000000000000000001").decode().rstrip("=")
_CLAIMS = base64.urlsafe_b64encode(json.dumps({"role": "service_role"}).encode()).decode()
_HEADER = base64.urlsafe_b64encode(b'{"alg":"HS256"}').decode().rstrip("=")
_PASSWORD = "c0rrect-h0rse"  # noqa: S105 - planted
SECRETS = {
    "a Discord token": f"{_ID}.GabcDE.{'x' * 38}",
    "a Supabase key": f"sb_secret_{'Ab3' * 9}",
    "a JSON web token": f"{_HEADER}.{_CLAIMS.rstrip('=')}.{'s' * 43}",
    "a private key": f"-----BEGIN {'RSA '}PRIVATE KEY-----",
    "a Fly.io token": f"FlyV1 fm2_{'lJPECAAA' * 6}",
    "a webhook": f"https://discord.com/api/webhooks/{'1' * 18}/{'w' * 68}",
    "a password in an address": f"redis://default:{_PASSWORD}@cache.fly.dev:6379",
    "a random text with the name of a secret": f"{'SCOOTY_DB'}_KEY={secrets.token_urlsafe(32)}1",
}


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git in the repository; skip where there is none, as in an unpacked release."""
    if not (scanner.ROOT / ".git").exists():
        pytest.skip("this is no git repository")
    return subprocess.run(
        ["git", *arguments], cwd=scanner.ROOT, check=False, capture_output=True, text=True
    )


def test_a_dotenv_file_is_ignored_everywhere_in_the_repository() -> None:
    ignored = git("check-ignore", ".env", "scooty/.env").stdout.splitlines()

    assert ignored == [".env", "scooty/.env"]


def test_no_dotenv_file_is_committed_and_none_ever_was() -> None:
    tracked = git("ls-files", "--", ".env", "*/.env").stdout
    ever_added = git(
        "log", "--all", "--diff-filter=A", "--format=", "--name-only", "--", ".env", "*/.env"
    ).stdout

    assert (tracked, ever_added) == ("", "")


@pytest.mark.parametrize("what", SECRETS)
def test_a_secret_is_found_by_its_form_and_its_line(what: str) -> None:
    text = f"first line\n    {SECRETS[what]}  # a comment\n"

    found = list(scanner.scan_text("settings.py", text))

    assert [(each.line, each.what) for each in found] == [(2, what)]


@pytest.mark.parametrize(
    "line",
    [
        "DISCORD_TOKEN=",
        "DATABASE_URL=postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
        'url = f"redis://:{password}@127.0.0.1/0"',
        'url = "postgresql://scooty:a-planted-password@127.0.0.1:1/x"',
        "token = interaction.token.get_secret_value()",
        "SUPABASE_ANON_KEY: the project's public key, together with a key of your own",
        'key_setting="SUPABASE_ANON_KEY"',
    ],
)
def test_words_and_placeholders_are_no_secrets(line: str) -> None:
    assert list(scanner.scan_text("settings.py", line)) == []


def test_what_is_found_is_told_without_being_repeated(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "settings.py"
    path.write_text(SECRETS["a Supabase key"])

    code = scanner.main([str(path)])

    printed = capsys.readouterr().out
    assert code == 1
    assert printed.startswith(f"{path}:1: looks like a Supabase key\n")
    assert SECRETS["a Supabase key"] not in printed


def test_nothing_that_is_committed_looks_like_a_secret_but_what_was_accepted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    git("status")

    code = scanner.main([])

    assert (code, capsys.readouterr().out) == (0, "")
