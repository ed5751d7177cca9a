"""``sectorscan schema``: the JSON Schema of the config, for editors."""

from __future__ import annotations

import json

import typer


def command() -> None:
    """Print the JSON Schema of the config, so that an editor can check and complete it.

    For example:

      sectorscan schema > sectorscan.schema.json
    """
    from sectorscan.config.schema import config_schema

    typer.echo(json.dumps(config_schema(), indent=1, ensure_ascii=False))
