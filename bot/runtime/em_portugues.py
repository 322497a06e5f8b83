"""What typer says by itself, in Portuguese: the labels of `--help`, and one line for what was typed wrongly."""

import errno
import re
import sys
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_USAGE = {"[OPTIONS]": "[OPÇÕES]", "COMMAND [ARGS]...": "COMANDO [ARGUMENTOS]..."}
_LABELS = {
    "ARGUMENTS_PANEL_TITLE": "Argumentos",
    "OPTIONS_PANEL_TITLE": "Opções",
    "COMMANDS_PANEL_TITLE": "Comandos",
    "DEFAULT_STRING": "[sem ela: {}]",
    "REQUIRED_LONG_STRING": "[precisa]",
}
# What typer and pydantic say, and what we say for it; where one says the other within itself, that is put in its place.
_SAID = tuple(
    (re.compile(said, re.DOTALL), ours)
    for said, ours in (
        (r"Missing command\.", "falta o comando"),
        (r"Missing argument '(.+?)'\.", "falta {0}"),
        (r"Missing option '(.+?)'\.", "falta a opção {0}"),
        (r"No such command '(.+?)'\. Did you mean (.+)\?", "não há o comando {0}; será {1}?"),
        (r"No such command '(.+)'\. *", "não há o comando {0}"),
        (r"No such command '(.+?)'\W+Did you mean (.+)\?", "não há o comando {0}; será {1}?"),
        (r"No such option: (\S+) \(Possible options: (.+)\)", "não há a opção {0}; será {1}?"),
        (r"No such option: (.+)", "não há a opção {0}"),
        (r"Option '(.+)' requires an argument\.", "a opção {0} pede um valor"),
        (r"Option '(.+)' does not take a value\.", "a opção {0} não leva valor"),
        (r"Got unexpected extra argument(?:\(s\)|s)? \((.+)\)", "sobrou {0}"),
        (r"Invalid value for '(.+?)': (.+)", "{0} {1}"),
        (r"(?:file|path) '(.+)' does not exist\.", "{0} não existe"),
        (r"(?:file|path) '(.+)' is a directory\.", "{0} é uma pasta, e não um arquivo"),
        (r"(?:file|path) '(.+)' is not readable\.", "{0} não pode ser lido"),
        (r"(?:file|path) '(.+)' is not writable\.", "{0} não pode ser gravado"),
        (r"Input should be a valid integer.*", "pede um número inteiro"),
        (r"Input should be greater than or equal to (\S+)", "pede pelo menos {0}"),
        (r"Input should be less than or equal to (\S+)", "pede no máximo {0}"),
    )
)


def said_in_portuguese(sentence: str) -> str:
    """The sentence as we say it; one that is new to us as it came."""
    for pattern, ours in _SAID:
        if found := pattern.fullmatch(sentence.strip()):
            return ours.format(*map(said_in_portuguese, found.groups()))
    return sentence


# Where an answer goes is full, closed, or broken.
_NOT_WRITTEN = (errno.ENOSPC, errno.EDQUOT, errno.EBADF, errno.EIO)


class _EmPortugues:
    """Mixed into a command or a group."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = super().collect_usage_pieces(ctx)  # type: ignore[misc]
        formatter.write_usage(ctx.command_path, " ".join(_USAGE.get(piece, piece) for piece in pieces), "Uso: ")

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Mostra esta ajuda."
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        # Only when help is asked for: rich takes its time.
        from typer import rich_utils

        for name, label in _LABELS.items():
            setattr(rich_utils, name, label)
        for param in self.get_params(ctx):  # type: ignore[attr-defined]
            # `<str>` and `<bool>` tell nobody anything: what is wanted stands in the help.
            param.display_type = _untold
        super().format_help(ctx, formatter)  # type: ignore[misc]


class Comando(_EmPortugues, TyperCommand):
    """A command."""


class Comandos(_EmPortugues, TyperGroup):
    """Several of them; the outermost says what is wrong."""

    def main(self, args: Any = None, prog_name: str | None = None, *_: Any, **extra: Any) -> Any:
        try:
            sys.exit(super().main(args, prog_name, **(extra | {"standalone_mode": False})) or 0)
        except typer.TyperException as error:
            # Of a group called alone the help was shown, and nothing is left to say.
            if sentence := error.format_message():
                typer.echo(f"balcao: {said_in_portuguese(sentence)}{_help_of(error)}", err=True)
            sys.exit(error.exit_code)
        except OSError as error:
            if error.errno not in _NOT_WRITTEN:
                raise
            # What a command can do something about it says itself: this is where it says it.
            sys.exit(f"balcao: a resposta não pôde ser escrita: {error.strerror}")


def _untold(_ctx: Any) -> None:
    return None


def _help_of(error: typer.TyperException) -> str:
    ctx: Any = getattr(error, "ctx", None)
    return f"; veja {ctx.command_path} --help" if ctx is not None else ""
