"""Finds secrets in files, before they are committed: run by pre-commit, and by a test over all.

``python -m tests.secret_scan.scanner [FILE ...]``; without files, all that git tracks. What is
found and is no secret is accepted once by ``--accept``, which writes its hash into
``.secrets.baseline``: the text itself is never written anywhere, nor printed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["BASELINE", "Found", "main", "read_baseline", "scan_files", "scan_text"]

ROOT: Final = Path(__file__).parents[2]
BASELINE: Final = ROOT / ".secrets.baseline"
_FORMS: Final = {
    "a Discord token": re.compile(r"\b[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}"),
    "a Supabase key": re.compile(r"\bsb_secret_[\w-]{20,}"),
    "a JSON web token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    "a Fly.io token": re.compile(r"\b(?:FlyV1 fm\d_|fm2_|fo1_)[\w+/=-]{20,}"),
    "a GitHub token": re.compile(r"\b(?:gh[pousr]_\w{36,}|github_pat_\w{40,})"),
    "an AWS key": re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    "a webhook": re.compile(r"discord(?:app)?\.com/api/webhooks/\d{17,}/[\w-]{60,}"),
    "a password in an address": re.compile(
        r"\b(?:postgres(?:ql)?|rediss?|https?|amqps?)://[^\s:@/\"']*:(?P<password>[^\s@/\"'{}<>]{8,})@"
    ),
}
"""The services' own keys, by their form; and what our settings look like with a password."""
_NAMED: Final = re.compile(
    r"(?i)(?:token|secret|password|passwd|api_?key|db_?key|credential)s?"
    r"(?:\"|')?\]?\s*(?::\s*\w+\s*)?[:=]\s*(?:\w*\()?(?:\"|')?(?P<value>[\w+/=.~-]{20,})"
)
_LEAST_ENTROPY_BITS: Final = 3.0
"""Of a character: 32 random hexadecimal digits had 3.08 or more in 5,000 draws."""
_PLACEHOLDER: Final = re.compile(r"(?i)^(?:[A-Z_]+|\W+|.*(?:planted|example|password).*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that looks like a secret."""

    path: str
    line: int
    what: str
    digest: str
    """Stands for the text in the baseline."""


def scan_text(path: str, text: str) -> Iterator[Found]:
    """Yield what looks like a secret, each text once a line."""
    for number, line in enumerate(text.splitlines(), start=1):
        for what, secret in dict.fromkeys(_secrets_in(line)):
            digest = hashlib.sha256(secret.encode()).hexdigest()[:16]
            yield Found(path=path, line=number, what=what, digest=digest)


def _secrets_in(line: str) -> Iterator[tuple[str, str]]:
    for what, form in _FORMS.items():
        for match in form.finditer(line):
            secret = match.groupdict().get("password") or match[0]
            if not ("password" in match.groupdict() and _PLACEHOLDER.match(secret)):
                yield what, secret
    for match in _NAMED.finditer(line):
        value = match["value"]
        if _entropy_bits(value) >= _LEAST_ENTROPY_BITS and any(c.isdigit() for c in value):
            yield "a random text with the name of a secret", value


def _entropy_bits(text: str) -> float:
    counts = Counter(text).values()
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts)


def scan_files(paths: Iterable[str]) -> Iterator[Found]:
    """Scan files below the repository's root; those that are no text are passed over."""
    for path in paths:
        try:
            text = (ROOT / path).read_text(encoding="utf-8")
        except (UnicodeDecodeError, OSError):
            continue
        yield from scan_text(path, text)


def read_baseline() -> dict[str, list[str]]:
    """Return the digests that were accepted, by path."""
    accepted: dict[str, list[str]] = json.loads(BASELINE.read_text())
    return accepted


def list_tracked() -> list[str]:
    """List the files that git tracks."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    return [path for path in listed.split("\0") if path]


def main(arguments: Sequence[str] | None = None) -> int:
    """Scan; 1 when something is found that was not accepted."""
    parser = argparse.ArgumentParser(prog="python -m tests.secret_scan.scanner")
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument(
        "--accept", action="store_true", help="write what all tracked files hold to the baseline"
    )
    options = parser.parse_args(arguments)
    if options.accept:
        _accept(scan_files(list_tracked()))
        return 0
    found = scan_files(options.files or list_tracked())
    accepted = read_baseline()
    new = [each for each in found if each.digest not in accepted.get(each.path, ())]
    for each in new:
        sys.stdout.write(f"{each.path}:{each.line}: looks like {each.what}\n")
    if new:
        sys.stdout.write("A secret that was committed is known: make a new one. What is none: ")
        sys.stdout.write("python -m tests.secret_scan.scanner --accept\n")
    return 1 if new else 0


def _accept(found: Iterable[Found]) -> None:
    by_path: dict[str, set[str]] = {}
    for each in found:
        by_path.setdefault(each.path, set()).add(each.digest)
    accepted = {path: sorted(digests) for path, digests in sorted(by_path.items())}
    BASELINE.write_text(json.dumps(accepted, indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main())
