"""Collects what is wrong with a body, and checks of single values.

Source: https://discord.com/developers/docs/reference#error-messages
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from sandbox.rest.errors import invalid_body

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sandbox.trace import Trace
    from sandbox.wire import JsonObject

Path: TypeAlias = tuple[str | int, ...]


class Problems:
    """The tree of errors of one body.

    Args:
        trace: Where breaches are recorded that Discord itself would let pass.
        where: The request's name.
        prefix: Where the checked part is in the body, as in ``data.embeds.0.title``.
    """

    def __init__(self, trace: Trace, where: str, prefix: Path = ()) -> None:
        self._trace = trace
        self._where = where
        self._prefix = prefix
        self._tree: JsonObject = {}

    def add(self, path: Path, code: str, message: str) -> None:
        """Note that the value at ``path`` is wrong."""
        node = self._tree
        for step in (*self._prefix, *path):
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def raise_if_any(self) -> None:
        """End the request when something was wrong.

        Raises:
            RestError: 50035 with the tree.
        """
        if self._tree:
            raise invalid_body(self._tree)

    def check_text(
        self,
        path: Path,
        value: Any,
        *,
        most: int,
        least: int = 0,
        required: bool = False,
    ) -> None:
        """Check a string; a missing one is wrong only when it is required.

        Lengths are of the trimmed text, which is what Discord stores.
        """
        if value is None:
            if required:
                self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
            return
        if not isinstance(value, str):
            self.add(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
            return
        length = len(value.strip())
        if required and length == 0:
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif length > most:
            if least:
                message = f"Must be between {least} and {most} in length."
                self.add(path, "BASE_TYPE_BAD_LENGTH", message)
            else:
                self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        elif length < least:
            message = f"Must be between {least} and {most} in length."
            self.add(path, "BASE_TYPE_BAD_LENGTH", message)

    def check_integer(
        self, path: Path, value: Any, *, least: int, most: int, required: bool = False
    ) -> None:
        """Check a whole number within its bounds."""
        if value is None:
            if required:
                self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif not isinstance(value, int) or isinstance(value, bool):
            self.add(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        elif value < least:
            message = f"int value should be greater than or equal to {least}."
            self.add(path, "NUMBER_TYPE_MIN", message)
        elif value > most:
            message = f"int value should be less than or equal to {most}."
            self.add(path, "NUMBER_TYPE_MAX", message)

    def check_list(self, path: Path, value: Any, *, most: int, least: int = 0) -> list[JsonObject]:
        """Check a list of objects and return it; empty when it is missing or no such list."""
        if value is None:
            value = []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return []
        if not least <= len(value) <= most:
            message = f"Must be between {least} and {most} in length."
            self.add(path, "BASE_TYPE_BAD_LENGTH", message)
        return value

    def breach(self, rule: str, detail: str) -> None:
        """Record what Discord lets pass although people would see it as broken."""
        self._trace.breach(rule, self._where, detail)

    def note_unknown_keys(self, path: Path, value: JsonObject, known: Iterable[str]) -> None:
        """Record keys that Discord does not know: it ignores them, so a typo goes unnoticed."""
        for key in value:
            if key not in known:
                place = ".".join(str(step) for step in (*self._prefix, *path, key))
                self.breach("unknown_key", place)
