"""Checks logged requests of a bot against Discord's own OpenAPI description.

The log is written by the sandbox (`SandboxConfig.request_log`). The description is not part of
this project; it is found in the folder that the environment variable ``SCOOTY_SHARED`` names, as
``discord/openapi.json``. Run it over a log by hand with::

    SCOOTY_SHARED=... python tests/sandbox/openapi_check.py requests.jsonl
"""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

# jsonschema ships no types
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import best_match  # type: ignore[import-untyped]

# Where discord.py (or the description itself) is known to differ, each with its reason. A finding
# is tolerated when its request and its place match, and its message holds the given words.
TOLERATED: tuple[tuple[str, str, str], ...] = (
    # discord.py numbers new attachments by integers (0 for files[0]); the description says string,
    # Discord takes both.
    (r"(POST|PATCH) ", r"(data\.)?attachments\.\d+\.id", "is not of type 'string'"),
    # Snowflakes in allowed_mentions are integers in discord.py, taken by Discord all the same.
    (r"(POST|PATCH) ", r"(data\.)?allowed_mentions\.(users|roles)\.\d+", "is not of type 'string'"),
    # The same for message references.
    (r"POST /channels/", r"message_reference\.\w+_id", "is not of type 'string'"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One request that the description does not allow."""

    request: str
    place: str
    message: str

    @property
    def is_tolerated(self) -> bool:
        return any(
            re.match(request, self.request)
            and re.fullmatch(place, self.place)
            and words in self.message
            for request, place, words in TOLERATED
        )


def find_description() -> Path | None:
    """Return where the description is, None when it is absent."""
    folder = os.environ.get("SCOOTY_SHARED")
    path = Path(folder or ".") / "discord" / "openapi.json"
    return path if folder and path.is_file() else None


def check_log(log: Path, description: Path) -> list[Finding]:
    """Return the findings of a whole log that are not tolerated, each only once."""
    findings: dict[Finding, None] = {}
    for line in dict.fromkeys(log.read_text().splitlines()):  # a bot that starts says the same
        for finding in check_request(json.loads(line), description):
            if not finding.is_tolerated:
                findings[finding] = None
    return list(findings)


def check_request(entry: dict[str, Any], description: Path) -> list[Finding]:
    """Return what is wrong with one line of the log."""
    document = load(description)
    request = f"{entry['method']} {entry['path']}"
    operation = find_operation(document, entry["method"], entry["path"])
    if operation is None:
        return [Finding(request, "", "there is no such operation")]
    findings = [
        Finding(request, f"?{name}", "there is no such query parameter")
        for name in set(entry["query"]) - _query_names(document, operation, entry["path"])
    ]
    body = entry["body"]
    validator = _validator(description, entry["method"], entry["path"])
    if validator is None:
        return findings if body is None else [*findings, Finding(request, "", "takes no body")]
    if body is None and not entry["files"]:
        return findings
    for error in validator.iter_errors(body if body is not None else {}):
        deepest = _deepest(error)
        place = ".".join(str(step) for step in deepest.absolute_path)
        findings.append(Finding(request, place, deepest.message[:300]))
    return findings


def _deepest(error: Any) -> Any:
    # of an alternative's many complaints, the one that got furthest into the body tells the truth
    return best_match([error]) if error.context else error


@lru_cache
def load(description: Path) -> dict[str, Any]:
    """Read the description, once."""
    document: dict[str, Any] = json.loads(description.read_text())
    return document


def find_operation(document: dict[str, Any], method: str, path: str) -> dict[str, Any] | None:
    """Return what is described for a method and a path, whatever its parameters are called."""
    shape = re.sub(r"\{\w+\}", "{}", path)
    for template, operations in document["paths"].items():
        if re.sub(r"\{\w+\}", "{}", template) == shape:
            found: dict[str, Any] | None = operations.get(method.lower())
            return found
    return None


def _query_names(document: dict[str, Any], operation: dict[str, Any], path: str) -> set[str]:
    shared = document["paths"].get(path, {}).get("parameters", [])
    parameters = [*operation.get("parameters", []), *shared]
    return {each["name"] for each in parameters if each.get("in") == "query"}


@lru_cache
def _validator(description: Path, method: str, path: str) -> Draft202012Validator | None:
    document = load(description)
    operation = find_operation(document, method, path) or {}
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    if schema is None:
        return None
    return Draft202012Validator({**schema, "components": document["components"]})


if __name__ == "__main__":
    found = find_description()
    if found is None:
        sys.exit("SCOOTY_SHARED does not name a folder with discord/openapi.json")
    outside = check_log(Path(sys.argv[1]), found)
    for each in outside:
        sys.stdout.write(f"{each.request}: {each.place}: {each.message}\n")
    sys.exit(1 if outside else 0)
