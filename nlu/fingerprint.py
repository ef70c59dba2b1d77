"""A hash over everything a model is made from: it is trained again exactly when one of these files changed.

Standard library only: the root environment imports it too.
"""

import hashlib
from pathlib import Path

SOURCES = (
    "config.yml",
    "domain.yml",
    "data/**/*.yml",
    "nlu/**/*.py",
    "nlu/lookups/*",
    "nlu/uv.lock",
    "lianfang/text/**/*.py",
)


def fingerprint(root: Path) -> str:
    """Hex digest over names and contents below the repository's root."""
    digest = hashlib.sha256()
    found = {path for pattern in SOURCES for path in root.glob(pattern) if path.is_file()}
    for path in sorted(found):
        relative = path.relative_to(root)
        if ".venv" in relative.parts:
            continue
        digest.update(relative.as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
