"""Every error of the product.

ScootyError
├── ConfigError          a setting is missing or wrong; at start only, ends the process
├── UserError            what a person asked cannot be done; translated and shown to them
└── StorageError         the database could not do it
    └── StorageUnavailable   it cannot be reached or did not answer in time
        └── WriteNotQueued   and what was to be written cannot be kept here until then
"""

from __future__ import annotations

from typing import Literal


class ScootyError(Exception):
    """Root of the product's errors."""


class ConfigError(ScootyError):
    """A setting is missing or wrong; the sentence names the variable and the expected form."""


class UserError(ScootyError):
    """Something a person asked for that cannot be done.

    Args:
        key: The sentence's key in the catalogues.
        **parameters: What the sentence's placeholders stand for.
    """

    def __init__(self, key: str, **parameters: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.parameters = parameters


class StorageError(ScootyError):
    """The database refused or could not do what was asked; the text holds no user's words."""


class StorageUnavailable(StorageError):  # noqa: N818 - reads as the state that it is
    """The database cannot be reached or did not answer in time.

    Args:
        detail: For operators' logs.
        may_have_been_saved: True when a write was sent and its answer was lost.
    """

    def __init__(self, detail: str, *, may_have_been_saved: bool) -> None:
        super().__init__(detail)
        self.may_have_been_saved = may_have_been_saved


class WriteNotQueued(StorageUnavailable):
    """A write can neither reach the database nor be kept until it does.

    Args:
        detail: For operators' logs.
        why: ``full``: as many writes wait as may; ``disk``: this machine's disk does not take it.
        may_have_been_saved: True when the write was sent and its answer was lost.
    """

    def __init__(
        self, detail: str, *, why: Literal["full", "disk"], may_have_been_saved: bool
    ) -> None:
        super().__init__(detail, may_have_been_saved=may_have_been_saved)
        self.why = why
