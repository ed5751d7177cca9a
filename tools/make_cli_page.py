"""Make ``docs/commands.md`` from the commands themselves, so that the page can't drift.

Run ``python tools/make_cli_page.py``.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from sectorscan.cli.app import app

PAGE = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
HEAD = """\
# Commands

This page is generated from the program (`make docs`); `sectorscan COMMAND --help` says the same.

Exit codes: 0 done; 1 the input or the config is at fault (the message says what, where, why and
what next); 2 the command line is at fault; 3 done, but `--strict` was given and there were
cautions; 130 interrupted. With `--format json` or `csv` standard output holds the results alone;
messages and progress go to standard error.

Shell completion: `sectorscan --install-completion`, then open a new terminal.
"""


def page() -> str:
    """Return the page's Markdown."""
    group: Any = typer.main.get_command(app)
    context = group.context_class(group, info_name="sectorscan")
    return "\n".join([HEAD, *sections(group, context, "")])


def sections(group: Any, context: Any, above: str) -> Iterator[str]:
    """Yield a part for each command; those of a command with commands of its own (weights new)."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if hasattr(command, "list_commands"):
            yield from sections(command, context, f"{above}{name} ")
        else:
            yield section(f"{above}{name}", command)


def section(name: str, command: Any) -> str:
    """Return one command's part: usage, what it does, examples, its options."""
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
    usage = " ".join(["sectorscan", name, *(shown(a) for a in arguments), "[OPTIONS]"])
    text, _, examples = textwrap.dedent(command.help or "").partition("For example:")
    lines = [f"## {name}", "", text.strip(), "", "```", usage, "```", ""]
    if examples.strip():
        called = [line.strip() for line in examples.splitlines() if line.strip()]
        lines += ["For example:", "", "```console", *(f"$ {line}" for line in called), "```", ""]
    lines += ["| option | what it does |", "|---|---|"]
    lines += [f"| `{shown(p)}` | {cell(p.help)} |" for p in (*arguments, *options)]
    return "\n".join(lines) + "\n"


def shown(parameter: Any) -> str:
    """Return a parameter as it is written on the command line."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name.upper())
    names = ", ".join(sorted(parameter.opts, key=len))
    return names if parameter.is_flag else f"{names} {parameter.metavar}"


def cell(text: str | None) -> str:
    """Return help as one table cell."""
    return " ".join((text or "Show this message and exit.").split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    with PAGE.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(page())
