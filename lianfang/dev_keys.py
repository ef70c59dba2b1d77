"""Keys for development: made once, kept readable by their owner only, in the data folder."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet


def load_or_make_keys(data_dir: Path) -> dict[str, Any]:
    """Values for `internal_key`, `secret_keys` and `index_keys`; never used in production."""
    path = data_dir / "dev-keys.json"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(path)
    stored = json.loads(path.read_text())
    return {
        "internal_key": stored["internal_key"],
        "secret_keys": tuple(stored["secret_keys"]),
        "index_keys": tuple(stored["index_keys"]),
    }


def _write_once(path: Path) -> None:
    keys = {
        "internal_key": secrets.token_urlsafe(32),
        "secret_keys": [Fernet.generate_key().decode()],
        "index_keys": [f"k1:{secrets.token_urlsafe(32)}"],
    }
    own = path.with_suffix(f".{os.getpid()}")
    own.touch(mode=0o600)
    own.write_text(json.dumps(keys))
    try:
        os.link(own, path)  # fails when another process was first: its keys stand
    except FileExistsError:
        pass
    finally:
        own.unlink()
