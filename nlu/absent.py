"""Lets Rasa start without importing TensorFlow, which only pipeline parts that we never use would need.

`import rasa` reaches TensorFlow through modules that declare subclasses of its classes. Importing it costs
half of the start-up time and 300 MB. The stand-ins below can be subclassed and used as decorators, no more.
"""
# ruff: noqa: ARG002 -- the import system's signature

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

ABSENT_PACKAGES = frozenset({"tensorflow", "tensorflow_text", "tensorflow_hub", "tensorflow_addons", "keras"})


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
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in ABSENT_PACKAGES:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _AbsentModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: the attributes make themselves."""


def leave_out_tensorflow() -> None:
    """Must run before the first `import rasa…` of the process; nothing happens when TensorFlow is there."""
    if "tensorflow" not in sys.modules:
        sys.meta_path.insert(0, _AbsentFinder())
