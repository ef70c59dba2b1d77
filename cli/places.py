"""Where things lie, which settings apply, and the one exception that is told without a traceback."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lianfang.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
NLU = ROOT / "nlu"

# Variables of the caller's own Python tools that would send ours into another environment.
FOREIGN_VARIABLES = frozenset(
    {
        "CONDA_PREFIX", "PYENV_DIR", "PYENV_VERSION", "PYTHONHOME", "PYTHONPATH", "UV_PROJECT",
        "UV_PROJECT_ENVIRONMENT", "UV_PYTHON", "UV_WORKING_DIRECTORY", "VIRTUAL_ENV",
    }
)  # fmt: skip


def keep_bytecode() -> None:
    """Where Python may not write bytecode beside sources, keep it in a folder of ours instead.

    Without it every start of every process compiles its libraries again: seconds for ours, many for Rasa.
    """
    if sys.dont_write_bytecode and sys.pycache_prefix is None:
        sys.dont_write_bytecode = False
        sys.pycache_prefix = str(ROOT / ".lianfang" / "pycache")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix


class Failure(Exception):
    """Something the caller can put right: one sentence, and the exit status."""

    def __init__(self, sentence: str, status: int = 2) -> None:
        super().__init__(sentence)
        self.status = status


def read_settings(environ: Mapping[str, str] | None = None) -> "Settings":
    """The settings of this run, or of `environ`. Raises Failure naming all that is missing."""
    from lianfang.settings import Settings, SettingsError

    try:
        return Settings.from_env(environ)
    except SettingsError as error:
        raise Failure(f"the settings are not complete: {error}") from error


def clean_environment(**more: str) -> dict[str, str]:
    """Our environment without what belongs to the caller's Python, for processes of another interpreter."""
    return {**{name: value for name, value in os.environ.items() if name not in FOREIGN_VARIABLES}, **more}
