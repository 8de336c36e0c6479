"""How REST says no.

Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.wire import JsonObject


class RestError(Exception):
    """A request is answered with an error.

    Args:
        status: The HTTP status.
        code: Discord's own code, 0 for the general ones.
        message: What Discord says.
        errors: The tree of field errors that comes with 50035.
    """

    def __init__(
        self, status: int, code: int, message: str, errors: JsonObject | None = None
    ) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    def to_json(self) -> JsonObject:
        """Return the body of the answer."""
        body: JsonObject = {"message": self.message, "code": self.code}
        if self.errors is not None:
            body["errors"] = self.errors
        return body


_UNKNOWN = {
    "channel": 10003,
    "guild": 10004,
    "member": 10007,
    "message": 10008,
    "role": 10011,
    "user": 10013,
    "webhook": 10015,
    "interaction": 10062,
    "application command": 10063,
}


def unknown(what: str) -> RestError:
    """Return 404 for a thing that does not exist, such as ``"message"``."""
    return RestError(404, _UNKNOWN[what], f"Unknown {what}")


def missing_access() -> RestError:
    """Return 403 for a channel or guild that the bot cannot see."""
    return RestError(403, 50001, "Missing Access")


def missing_permissions() -> RestError:
    """Return 403 for what the bot may not do."""
    return RestError(403, 50013, "Missing Permissions")


def closed_to_messages() -> RestError:
    """Return 403 for a person who takes no direct messages."""
    return RestError(403, 50007, "Cannot send messages to this user")


def bad_request(code: int, message: str) -> RestError:
    """Return 400 with one of Discord's codes."""
    return RestError(400, code, message)


def invalid_body(errors: JsonObject) -> RestError:
    """Return 400 with the tree of what is wrong with the body."""
    return RestError(400, 50035, "Invalid Form Body", errors)


def one_problem(field_name: str | None, code: str, message: str) -> RestError:
    """Return 50035 with one error, of a field or (None) of the whole body."""
    node: JsonObject = {"_errors": [{"code": code, "message": message}]}
    return invalid_body(node if field_name is None else {field_name: node})
