"""What a child spec knows of the actors that it starts."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from actors.kernel.messages import Message

M_contra = TypeVar("M_contra", bound=Message, contravariant=True)


class Kind(Generic[M_contra]):
    """Root of all that can be started, by what it handles."""

    is_actor_kind: ClassVar[bool] = True
    finishes_expired: ClassVar[bool] = False
    """Whether a handler goes on, and its asks with it, when the deadline of the ask in hand has
    passed; for work that must not be cut in half. Else it is cancelled."""
