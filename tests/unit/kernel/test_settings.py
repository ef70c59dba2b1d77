"""Settings: everything missing is named at once, nothing secret shows, keys for development are made once."""

import re
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from lianfang.settings import VARIABLES, Settings, SettingsError
from tests.conftest import ROOT


def test_production_names_everything_that_is_missing_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({"LIANFANG_MODE": "production", "LINE_CHANNEL_SECRET": "s"})
    message = str(caught.value)
    for name in (
        "LIANFANG_DATABASE_URL",
        "LIANFANG_PUBLIC_URL",
        "LIANFANG_OPERATOR",
        "LIANFANG_INTERNAL_KEY",
        "LIANFANG_SECRET_KEYS",
        "LIANFANG_INDEX_KEYS",
        "LINE_CHANNEL_ACCESS_TOKEN",
    ):
        assert f"{name} is missing" in message


def test_malformed_values_are_named_with_the_missing_ones() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(
            {
                "LIANFANG_GATEWAY_PORT": "eighty",
                "LIANFANG_SECRET_KEYS": "short",
                "LIANFANG_INDEX_KEYS": "nocolon",
            }
        )
    message = str(caught.value)
    assert "LIANFANG_GATEWAY_PORT must be a port number" in message
    assert "LIANFANG_SECRET_KEYS is malformed" in message
    assert "LIANFANG_INDEX_KEYS is malformed" in message


def test_development_makes_keys_once_and_for_its_owner_only(tmp_path: Path) -> None:
    environ = {"LIANFANG_DATA_DIR": str(tmp_path / "data")}
    first, second = Settings.from_env(environ), Settings.from_env(environ)
    assert first == second
    assert first.secret_keys
    assert (tmp_path / "data" / "dev-keys.json").stat().st_mode & 0o077 == 0


def test_secrets_do_not_show() -> None:
    key = Fernet.generate_key().decode()
    settings = Settings(internal_key="sesame", secret_keys=(key,), line_channel_secret="hush")
    shown = repr(settings)
    assert "sesame" not in shown
    assert key not in shown
    assert "hush" not in shown


def test_urls_follow_the_ports(tmp_path: Path) -> None:
    settings = Settings.from_env({"LIANFANG_DATA_DIR": str(tmp_path), "LIANFANG_RASA_PORT": "5555"})
    assert settings.rasa_url == "http://127.0.0.1:5555"
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path / 'lianfang.db'}"


def test_late_evidence_is_off_until_it_is_switched_on(tmp_path: Path) -> None:
    data = {"LIANFANG_DATA_DIR": str(tmp_path)}
    off = Settings.from_env(data)
    assert (off.expand_short_links, off.rdap_url, off.safe_browsing_key) == (False, "", "")
    on = Settings.from_env(
        {
            **data,
            "LIANFANG_EXPAND_SHORT_LINKS": "On",
            "LIANFANG_RDAP_URL": "https://rdap.example/,tw=https://tw.example/tw/",
            "LIANFANG_SAFE_BROWSING_KEY": "hush-hush",
        }
    )
    assert on.expand_short_links
    assert on.rdap_url == "https://rdap.example/,tw=https://tw.example/tw"
    assert "hush-hush" not in repr(on)


def test_malformed_switches_of_late_evidence_are_named() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({"LIANFANG_EXPAND_SHORT_LINKS": "maybe", "LIANFANG_RDAP_URL": "rdap.org"})
    assert "LIANFANG_EXPAND_SHORT_LINKS must be on or off" in str(caught.value)
    assert "LIANFANG_RDAP_URL must be a web address" in str(caught.value)


def test_readme_lists_every_setting() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [variable for variable in VARIABLES.values() if f"`{variable}`" not in readme]
    assert missing == []


def test_the_example_file_names_no_other_settings() -> None:
    written = re.findall(
        r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(written) == set(VARIABLES.values())
