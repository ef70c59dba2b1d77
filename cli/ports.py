"""Looks whether ports are free before anything is started, and names the setting that moves a taken one."""

import errno
import socket
from collections.abc import Iterable
from dataclasses import dataclass

from cli.places import Failure


@dataclass(frozen=True)
class Port:
    """A port one of our processes will listen on, and the setting that moves it."""

    number: int
    variable: str
    what: str


def require_free(ports: Iterable[Port]) -> None:
    """Raises Failure naming every taken port, every doubled one, and the settings that move them."""
    faults: list[str] = []
    seen: dict[int, Port] = {}
    for port in ports:
        if port.number in seen:
            other = seen[port.number]
            faults.append(
                f"port {port.number} is set for both {other.what} and {port.what}; "
                f"move one by {other.variable} or {port.variable}"
            )
        elif reason := _refusal(port.number):
            faults.append(f"port {port.number} ({port.what}) is {reason}; move it by setting {port.variable}")
        seen[port.number] = port
    if faults:
        raise Failure("; ".join(faults))


def _refusal(number: int) -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", number))
        except OSError as error:
            return "not allowed to us" if error.errno == errno.EACCES else "taken by another program"
    return None
