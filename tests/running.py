"""The program run in this process, as a user's command line would."""

from typer.testing import CliRunner

from sectorscan.cli.app import app


def run_program(*arguments):
    """Return (exit code, standard output, standard error); a bug's traceback goes on."""
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr
