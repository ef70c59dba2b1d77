import socket

import pytest

from cli.places import Failure
from cli.ports import Port, require_free


def test_taken_and_doubled_ports_are_all_named_with_their_settings() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        free = taken - 1 if taken > 20000 else taken + 1
        with pytest.raises(Failure) as caught:
            require_free(
                [
                    Port(taken, "LIANFANG_GATEWAY_PORT", "gateway"),
                    Port(free, "LIANFANG_RASA_PORT", "rasa"),
                    Port(free, "LIANFANG_ACTIONS_PORT", "actions"),
                ]
            )
    assert caught.value.status == 2
    assert f"port {taken} (gateway) is taken" in str(caught.value)
    assert "setting LIANFANG_GATEWAY_PORT" in str(caught.value)
    assert f"port {free} is set for both rasa and actions" in str(caught.value)


def test_free_ports_pass() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        number = other.getsockname()[1]
    require_free([Port(number, "LIANFANG_RASA_PORT", "rasa")])
