"""Lets Rasa start without importing libraries that only parts of it need which we never use.

`import rasa` reaches TensorFlow through classes that are declared and never instantiated here, and the SDKs
of eight other channels. Together they cost two thirds of the start-up time and 400 MB. The stand-ins below
can be subclassed and used as decorators, no more.
"""
# ruff: noqa: ARG002 -- the import system's signature

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

NEVER_USED = frozenset({"tensorflow", "tensorflow_text", "tensorflow_hub", "tensorflow_addons", "keras"})
# Training needs some of these; a served core only names them: learning, plots, questions in a terminal, other
# channels, other stores of conversations.
NOT_USED_IN_SERVING = NEVER_USED | {
    *("scipy", "sklearn", "matplotlib", "questionary", "prompt_toolkit", "boto3", "botocore", "pymongo"),
    *(
        "slack_sdk",
        "aiogram",
        "webexteamssdk",
        "twilio",
        "fbmessenger",
        "mattermostwrapper",
        "rocketchat_API",
    ),
}


class _AbsentType(type):
    """Type of every stand-in: its attributes are stand-ins too."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(name)

    def __call__(cls, *arguments: Any, **options: Any) -> Any:
        if "__stand_in__" not in vars(cls):
            return super().__call__(*arguments, **options)
        # `@tf.function` and `@tf.function(...)` decorate methods of classes that are never instantiated.
        return arguments[0] if len(arguments) == 1 and callable(arguments[0]) else _stand_in(cls.__name__)


def _stand_in(name: str) -> Any:
    return _AbsentType(name, (), {"__stand_in__": True})


class _AbsentModule(ModuleType):
    __path__ = []  # noqa: RUF012 -- a package without files

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(name)


class _AbsentFinder(MetaPathFinder, Loader):
    def __init__(self, packages: frozenset[str]) -> None:
        self._packages = packages

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in self._packages:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _AbsentModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: the attributes make themselves."""


def leave_out(packages: frozenset[str]) -> None:
    """Must run before the first `import rasa…` of the process; what is imported already stays as it is."""
    sys.meta_path.insert(0, _AbsentFinder(packages - sys.modules.keys()))
