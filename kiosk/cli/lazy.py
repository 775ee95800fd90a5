"""A group of commands whose modules are read only when they are called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from kiosk.cli.common import shown

RESEARCHERS_LIBRARIES = (
    "mnemonic", "bech32", "tomli_w", "tomlkit", "polars", "pyreadstat", "scipy", "xlsxwriter",
    "python_calamine",
)  # fmt: skip


class MissingExtra(Exception):
    """The researcher's libraries are not installed; the message says how to get them."""


class LazyGroup(click.Group):
    """Takes `commands_at`: command name -> "module:attribute"."""

    def __init__(self, *arguments: Any, commands_at: dict[str, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.commands_at = commands_at

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, for the help."""
        return sorted({*super().list_commands(ctx), *self.commands_at})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command, read now. Raises MissingExtra if it needs more than is there."""
        if cmd_name not in self.commands_at:
            return super().get_command(ctx, cmd_name)
        module, attribute = self.commands_at[cmd_name].split(":")
        try:
            command: click.Command = getattr(import_module(module), attribute)
        except ModuleNotFoundError as problem:
            if str(problem.name).partition(".")[0] not in RESEARCHERS_LIBRARIES:
                raise
            return _asks_for_the_extra(cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was called; what stands in the way is told as all else is."""
        try:
            return super().invoke(ctx)
        except click.UsageError as problem:
            raise click.UsageError(shown(problem.format_message()), problem.ctx) from problem


def _asks_for_the_extra(name: str) -> click.Command:
    """Return a command that says how to install what it needs."""

    @click.command(name, short_help="(for researchers; not installed)", add_help_option=False,
                   context_settings={"ignore_unknown_options": True})  # fmt: skip
    @click.argument("words", nargs=-1, type=click.UNPROCESSED)
    def asks(words: tuple[str, ...]) -> None:
        raise MissingExtra(
            f"“kiosk {name}” needs the researcher's part. "
            'Please install it: pip install "survey-kiosk[researcher]"'
        )

    return asks
