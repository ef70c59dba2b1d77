"""Which processes the chain has on this machine: commands, health, ports and the settings that move them."""

import sys
from pathlib import Path

from cli import environment
from cli.model import core_environment
from cli.ports import Port
from cli.supervisor import Part
from lianfang.settings import VARIABLES, Settings


def runs_core_here(settings: Settings) -> bool:
    """False when LIANFANG_RASA_URL names a core elsewhere (with its own action server)."""
    return settings.rasa_url == f"http://127.0.0.1:{settings.rasa_port}"


def runs_services_here(settings: Settings) -> bool:
    """False when LIANFANG_SERVICES_URL names services elsewhere."""
    return settings.services_url == f"http://127.0.0.1:{settings.services_port}"


def ports(settings: Settings) -> list[Port]:
    """Every port that this machine's processes will listen on."""
    names = ["gateway"]
    names += ["services", "public"] if runs_services_here(settings) else []
    names += ["rasa", "actions"] if runs_core_here(settings) else []
    return [Port(getattr(settings, f"{name}_port"), VARIABLES[f"{name}_port"], name) for name in names]


def gateway(settings: Settings) -> Part:
    return Part(
        name="gateway",
        command=(sys.executable, "-m", "cli.serve", "gateway"),
        health=f"http://127.0.0.1:{settings.gateway_port}/readyz",
        stops_first=True,
    )


def services(settings: Settings) -> Part:
    return Part(
        name="services",
        command=(sys.executable, "-m", "cli.serve", "services"),
        health=f"http://127.0.0.1:{settings.services_port}/healthz",
    )


def sandbox(port: int) -> Part:
    """The partners that are played; `port` is where their webhooks listen."""
    return Part(
        name="sandbox",
        command=(sys.executable, "-m", "cli.serve", "sandbox"),
        health=f"http://127.0.0.1:{port}/healthz",
    )


def actions(settings: Settings) -> Part:
    return Part(
        name="actions",
        command=(sys.executable, "-m", "actions"),
        health=f"http://127.0.0.1:{settings.actions_port}/health",
        nice=10,
    )


def rasa(settings: Settings, model: Path) -> Part:
    command = (
        *(
            str(environment.PYTHON),
            "-m",
            "nlu.serve",
            "--model",
            str(model),
            "--port",
            str(settings.rasa_port),
        ),
        *("--actions-url", f"http://127.0.0.1:{settings.actions_port}/webhook"),
    )
    return Part(
        name="rasa",
        command=command,
        health=f"{settings.rasa_url}/webhooks/lianfang/health",
        headers={"Authorization": f"Bearer {settings.internal_key}"},
        env=core_environment(LIANFANG_INTERNAL_KEY=settings.internal_key),
        nice=10,
    )


def channels(settings: Settings) -> list[str]:
    """The channels that are open with these settings, by the names people know."""
    open_channels = {
        "LINE": bool(settings.line_channel_secret),
        "Telegram": bool(settings.telegram_bot_token),
        "terminal": not settings.is_production,
    }
    return [name for name, is_open in open_channels.items() if is_open]
