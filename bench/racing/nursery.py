"""Starts the hands, each a process; one that was killed is started anew at once.

    python -m bench.racing.nursery SOCKET HANDS CONNECTIONS < SCENE

What takes long, the imports, is done once: hands are forked before there is any thread or connection.
"""

import asyncio
import os
import sys
from pathlib import Path

from bench.racing.hand import work
from bench.racing.scene import Scene


def main() -> None:
    socket, hands, connections = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    scene = Scene.from_json(sys.stdin.readline())
    places = {_start(scene, place, connections, socket): place for place in range(hands)}
    while places:
        pid, status = os.wait()
        place = places.pop(pid)
        if os.WIFSIGNALED(status):
            places[_start(scene, place, connections, socket)] = place


def _start(scene: Scene, place: int, connections: int, socket: Path) -> int:
    pid = os.fork()
    if pid == 0:
        sys.setswitchinterval(0.0005)  # as our servers do
        try:
            asyncio.run(work(scene, place, connections, socket))
        finally:  # whatever happens, a hand never goes on as a nursery
            os._exit(0)
    return pid


if __name__ == "__main__":
    main()
