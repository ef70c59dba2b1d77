"""Settings from the environment or `.env`; everything that is missing is named at once."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from lianfang.dev_keys import load_or_make_keys
from lianfang.privacy import Vault

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """One message that names every missing or malformed setting."""


@dataclass(frozen=True)
class Settings:
    """What a process needs to know about where it runs; secrets stay out of `repr`."""

    mode: str = "dev"
    database_url: str = ""
    redis_url: str = ""
    data_dir: Path = ROOT / ".lianfang"
    public_url: str = ""
    operator: str = ""
    gateway_port: int = 8080
    services_port: int = 8100
    public_port: int = 8101
    rasa_port: int = 5005
    actions_port: int = 5055
    rasa_url: str = ""
    services_url: str = ""
    internal_key: str = field(default="", repr=False)
    secret_keys: tuple[str, ...] = field(default=(), repr=False)
    index_keys: tuple[str, ...] = field(default=(), repr=False)
    line_channel_secret: str = field(default="", repr=False)
    line_channel_access_token: str = field(default="", repr=False)
    line_api_base: str = "https://api.line.me"
    telegram_bot_token: str = field(default="", repr=False)
    telegram_secret_token: str = field(default="", repr=False)
    telegram_api_base: str = "https://api.telegram.org"
    expand_short_links: bool = False
    rdap_url: str = ""
    safe_browsing_key: str = field(default="", repr=False)
    safe_browsing_base: str = "https://safebrowsing.googleapis.com"

    @property
    def is_production(self) -> bool:
        return self.mode == "production"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read `.env` in the repository root below the environment. Raises SettingsError naming all faults."""
        if environ is None:
            environ = environment()
        values, faults = _read(environ)
        mode = values.get("mode", "dev")
        if mode not in {"dev", "production"}:
            faults.append("LIANFANG_MODE must be dev or production")
        if mode == "production":
            faults += [f"{name} is missing" for name in _REQUIRED_IN_PRODUCTION if not environ.get(name)]
        faults += _half_set_channels(environ)
        if faults:
            raise SettingsError("; ".join(faults))
        data_dir = values.setdefault("data_dir", cls.data_dir)
        if mode == "dev":
            try:
                made = load_or_make_keys(data_dir)
            except (OSError, ValueError, KeyError) as error:
                raise SettingsError(f"LIANFANG_DATA_DIR {str(data_dir)!r} cannot be used: {error}") from error
            for name, value in made.items():
                values.setdefault(name, value)
            values.setdefault("operator", "Lianfang 開發版（dev）")
        values.setdefault("database_url", f"sqlite+aiosqlite:///{data_dir / 'lianfang.db'}")
        values.setdefault("rasa_url", f"http://127.0.0.1:{values.get('rasa_port', cls.rasa_port)}")
        values.setdefault(
            "services_url", f"http://127.0.0.1:{values.get('services_port', cls.services_port)}"
        )
        values.setdefault("public_url", f"http://127.0.0.1:{values.get('public_port', cls.public_port)}")
        return cls(**values)


VARIABLES = {
    **{name: f"LIANFANG_{name.upper()}" for name in (f.name for f in fields(Settings))},
    **{
        name: name.upper()
        for name in (f.name for f in fields(Settings))
        if name.startswith(("line_", "telegram_"))
    },
}
_REQUIRED_IN_PRODUCTION = (
    "LIANFANG_DATABASE_URL",
    "LIANFANG_PUBLIC_URL",
    "LIANFANG_OPERATOR",
    "LIANFANG_INTERNAL_KEY",
    "LIANFANG_SECRET_KEYS",
    "LIANFANG_INDEX_KEYS",
)
_ON, _OFF = frozenset({"on", "true", "yes", "1"}), frozenset({"off", "false", "no", "0"})
_SERVERS = re.compile(r"(?:(?:^|,)\s*(?:[\w.-]+\s*=\s*)?https?://[^\s,=]+\s*)*", re.IGNORECASE)
DATABASES = ("sqlite+aiosqlite:///", "postgresql+psycopg://")
_CHANNEL_PAIRS = (
    ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN"),
    ("TELEGRAM_BOT_TOKEN", "TELEGRAM_SECRET_TOKEN"),
)


def _read(environ: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    faults: list[str] = []
    for name, variable in VARIABLES.items():
        raw = environ.get(variable, "").strip()
        if not raw:
            continue
        if name.endswith("_port"):
            if raw.isdigit() and 0 < int(raw) < 65536:
                values[name] = int(raw)
            else:
                faults.append(f"{variable} must be a port number, not {raw!r}")
        elif name == "data_dir":
            values[name] = Path(raw).expanduser().resolve()
        elif name in {"secret_keys", "index_keys"}:
            values[name] = tuple(part.strip() for part in raw.split(",") if part.strip())
        else:
            values[name] = raw.rstrip("/") if name.endswith(("_url", "_base")) else raw
    faults += [*_malformed_keys(values), *_read_late_evidence(values)]
    url = values.get("database_url", "")
    if url and not url.startswith(DATABASES):
        faults.append(f"LIANFANG_DATABASE_URL must begin with {' or '.join(DATABASES)}")
    return values, faults


def _malformed_keys(values: Mapping[str, Any]) -> list[str]:
    def opens(build: Callable[[], object]) -> bool:
        try:
            build()
        except ValueError:
            return False
        return True

    sound: dict[str, Callable[[], object]] = {
        "secret_keys": lambda: Vault(values["secret_keys"], []),
        "index_keys": lambda: [key.index(":") for key in values["index_keys"]],
    }
    return [
        f"{VARIABLES[name]} is malformed (see README, Settings)"
        for name, build in sound.items()
        if values.get(name) and not opens(build)
    ]


def _read_late_evidence(values: dict[str, Any]) -> list[str]:
    faults = []
    switch = str(values.pop("expand_short_links", "off")).lower()
    if switch in _ON | _OFF:
        values["expand_short_links"] = switch in _ON
    else:
        faults.append(f"LIANFANG_EXPAND_SHORT_LINKS must be on or off, not {switch!r}")
    if not _SERVERS.fullmatch(values.get("rdap_url", "")):
        faults.append("LIANFANG_RDAP_URL must be a web address, or several as in https://…,tw=https://…")
    return faults


def _half_set_channels(environ: Mapping[str, str]) -> list[str]:
    return [
        f"{missing} is missing ({present} is set)"
        for pair in _CHANNEL_PAIRS
        for present, missing in (pair, pair[::-1])
        if environ.get(present) and not environ.get(missing)
    ]


def environment() -> dict[str, str]:
    """The environment, and below it `.env` in the repository root."""
    return {**_dot_env(ROOT / ".env"), **os.environ}


def _dot_env(path: Path) -> dict[str, str]:
    return {name: value for name, value in dotenv_values(path).items() if value is not None}
