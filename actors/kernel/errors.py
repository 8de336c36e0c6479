"""What can go wrong between actors, apart from what an actor answers as a value.

    ActorKitError
    ├── AskTimeoutError      no reply came before the ask's deadline
    ├── MailboxFullError     the receiver's mailbox refused the query
    ├── ActorStoppedError    the receiver is not there: not started, stopping, or gone for good
    ├── ActorFailedError     the receiver's incarnation ended while it had the query in hand
    ├── UnknownMessageError  the receiver has no arm for this type of message
    ├── SpecError            a child spec, or a set of them, cannot be started
    ├── IntensityExceededError  restarts came too fast; a supervisor gave up
    └── FatalError           restarting cannot help; the process ends with its own exit code

An asker answers the first five as states of its dependency; letting one escape from a handler is
a fault of the asker.
"""

from __future__ import annotations


class ActorKitError(Exception):
    """Root of all errors of the kit; they are about delivery and life, never about the product."""


class AskTimeoutError(ActorKitError):
    """No reply came before the deadline. The query may or may not have been handled."""

    def __init__(self, *, name: str, query: str, timeout_s: float) -> None:
        super().__init__(f"{name} did not answer {query} within {timeout_s:g} s")
        self.name = name
        self.query = query
        self.timeout_s = timeout_s


class MailboxFullError(ActorKitError):
    """The receiver's mailbox was full, so the query was never handled."""

    def __init__(self, *, name: str, size: int) -> None:
        super().__init__(f"the mailbox of {name} is full ({size} messages)")
        self.name = name
        self.size = size


class ActorStoppedError(ActorKitError):
    """The receiver takes no messages: it was not started, it is stopping, or it is gone."""

    def __init__(self, *, name: str) -> None:
        super().__init__(f"{name} takes no messages: it is stopped or not started")
        self.name = name


class ActorFailedError(ActorKitError):
    """The receiver failed with the query in hand; ``kind`` is the type name of its failure."""

    def __init__(self, *, name: str, kind: str) -> None:
        super().__init__(f"{name} failed while it handled the query: {kind}")
        self.name = name
        self.kind = kind


class UnknownMessageError(ActorKitError):
    """The receiver does not handle messages of this type."""

    def __init__(self, *, name: str, message: str) -> None:
        super().__init__(f"{name} does not handle {message}")
        self.name = name
        self.message = message


class SpecError(ActorKitError, ValueError):
    """A child spec cannot be used; the sentence says which one and why."""


class IntensityExceededError(ActorKitError):
    """A supervisor saw more restarts than its intensity allows and gave up."""

    def __init__(self, *, supervisor: str, child: str, restarts: int, within_s: float) -> None:
        super().__init__(
            f"{supervisor} gave up: more than {restarts} restarts within {within_s:g} s,"
            f" the last of {child}"
        )
        self.child = child


class FatalError(ActorKitError):
    """Restarting cannot help: the process ends at once with this sentence and exit code.

    Args:
        sentence: what is wrong and what to do about it, for the operator. No secrets.
        exit_code: the exit status of the process, 1 to 255.
    """

    def __init__(self, sentence: str, *, exit_code: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.exit_code = exit_code
