"""Everything that people can send, from the declarations: commands, options, menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.declarations import DeclaredOption, OptionKind, SubcommandDeclaration
from scooty.features.registry import DECLARATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["declared_options"]

_OF_MENUS = {
    "message": (
        DeclaredOption(name="target", description="", kind=OptionKind.INTEGER, required=True),
        DeclaredOption(name="content", description="", required=True),
    ),
    "user": (DeclaredOption(name="target", description="", kind=OptionKind.USER, required=True),),
}
"""What Discord sends of a menu's target."""


def declared_options() -> Iterator[tuple[str, tuple[DeclaredOption, ...]]]:
    """Yield every command's path with its options."""
    for command in DECLARATIONS:
        if not command.children:
            yield command.name, _OF_MENUS.get(command.kind, command.options)
        for child in command.children:
            subcommands = (
                (child,) if isinstance(child, SubcommandDeclaration) else child.subcommands
            )
            above = () if isinstance(child, SubcommandDeclaration) else (child.name,)
            for each in subcommands:
                yield " ".join((command.name, *above, each.name)), each.options
