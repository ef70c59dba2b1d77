"""A small core as a real process: trained on a few sentences, with a real action server beside it."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
KEY = "key-of-the-test"
NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))

DOMAIN = """
version: "3.1"
intents: [greet, check_message, forward_message, cancel, inform, affirm, tell_last3]
entities: [url, phone, account, check]
actions: [action_check, action_unsure, action_cancel]
slots:
  lang: {type: text, influence_conversation: false, mappings: [{type: custom}]}
  pasted:
    type: any
    influence_conversation: false
    mappings: [{type: from_text, conditions: [{active_loop: message_form, requested_slot: pasted}]}]
forms:
  message_form: {required_slots: [pasted], ignored_intents: [greet, cancel]}
responses:
  utter_hello: [{text: 你好}]
  utter_ask_pasted: [{text: 貼上來}]
  utter_unsure: [{text: 再說一次}]
"""
RULES = """
version: "3.1"
rules:
- {rule: greet, steps: [{intent: greet}, {action: utter_hello}]}
- {rule: check, steps: [{intent: check_message}, {action: action_check}]}
- {rule: forward, steps: [{intent: forward_message}, {action: action_check}]}
- {rule: inform, steps: [{intent: inform}, {action: action_check}]}
- {rule: last3, steps: [{intent: tell_last3}, {action: message_form}, {active_loop: message_form}]}
- {rule: cancel, steps: [{intent: cancel}, {action: action_cancel}]}
- {rule: unsure, steps: [{intent: nlu_fallback}, {action: utter_unsure}]}
nlu:
- {intent: greet, examples: "- 你好\\n- 嗨 你在嗎\\n- 早安你好\\n"}
- {intent: check_message, examples: "- 這封簡訊是真的嗎\\n- 這個網址是不是詐騙\\n- 幫我查這封簡訊\\n- 這是真的嗎\\n"}
- {intent: forward_message, examples: "- 您的包裹已送達請取件\\n- 貴戶水費逾期請繳費\\n"}
- {intent: cancel, examples: "- 取消\\n- 我不想弄了\\n"}
"""


LEAVING = [{"event": "active_loop", "name": None}, {"event": "followup", "name": "action_listen"}]


class Actions(BaseHTTPRequestHandler):
    """Answers every action; the words of the last message decide how."""

    def do_POST(self) -> None:
        call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        said = call["tracker"]["latest_message"].get("text") or ""
        self.server.calls.append(call)  # type: ignore[attr-defined]
        self.server.keys.append(self.headers["Authorization"])  # type: ignore[attr-defined]
        custom = {
            "say": [{"key": "utter_checked", "params": {}}],
            "card": None,
            "buttons": [],
            "urgent": False,
        }
        responses = [] if "ACTION-SILENT" in said else [{"custom": custom}]
        if call["next_action"] == "action_cancel":
            answer = {"events": LEAVING, "responses": [{"custom": {"say": [{"key": "utter_stopped"}]}}]}
        else:
            answer = {"events": [], "responses": responses}
        self.send_response(500 if "ACTION-CRASH" in said else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps({"error": said} if "ACTION-CRASH" in said else answer).encode())

    def log_message(self, *_arguments: Any) -> None:
        """The test's output stays clean."""


@dataclass
class Core:
    """A running core: its address, what it printed, what its actions were asked."""

    port: int
    out: Path
    err: Path
    calls: list[dict[str, Any]]
    action_keys: list[str]

    def request(self, path: str, body: Any = None, key: str | None = KEY) -> tuple[int, dict[str, Any]]:
        url = f"http://127.0.0.1:{self.port}/webhooks/lianfang/{path}"
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        try:
            with NO_PROXY.open(urllib.request.Request(url, data, headers), timeout=20) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def says(
        self, text: str, event: str, sender: str = "s_1", kind: str = "text"
    ) -> tuple[int, dict[str, Any]]:
        metadata = {"event": event, "kind": kind, "lang": "zh-TW"}
        return self.request("webhook", {"sender": sender, "message": text, "metadata": metadata})

    def printed(self) -> str:
        return self.out.read_text("utf-8") + self.err.read_text("utf-8")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def environment() -> dict[str, str]:
    return {**os.environ, "LIANFANG_INTERNAL_KEY": KEY, "PYTHONPATH": str(HERE), "LIANFANG_REDIS_URL": ""}


def train(folder: Path) -> Path:
    """The model of the few sentences above, by the real command."""
    config = (ROOT / "config.yml").read_text("utf-8")
    crashing = "  - name: crashing_component.CrashOnDemand\n"
    files = {"domain.yml": DOMAIN, "data.yml": RULES}
    files["config.yml"] = config.replace(
        "  - name: nlu.components.forward_gate", crashing + "  - name: nlu.components.forward_gate"
    )
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    model = folder / "model.tar.gz"
    command = [sys.executable, "-m", "nlu.train", "--out", str(model), "--domain", str(folder / "domain.yml")]
    command += ["--data", str(folder / "data.yml"), "--config", str(folder / "config.yml")]
    subprocess.run(command, cwd=ROOT, env=environment(), check=True)
    return model


@contextmanager
def serving(model: Path, folder: Path) -> Iterator[Core]:
    """The core until the block ends; it ends on TERM with code 0."""
    actions = ThreadingHTTPServer(("127.0.0.1", 0), Actions)
    actions.calls, actions.keys = [], []  # type: ignore[attr-defined]
    threading.Thread(target=actions.serve_forever, daemon=True).start()
    heard = (actions.calls, actions.keys)  # type: ignore[attr-defined]
    core = Core(free_port(), folder / "out", folder / "err", *heard)
    command = [sys.executable, "-m", "nlu.serve", "--model", str(model), "--port", str(core.port)]
    command += ["--actions-url", f"http://127.0.0.1:{actions.server_port}/webhook"]
    with core.out.open("wb") as out, core.err.open("wb") as err:
        process = subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=out, stderr=err)
    try:
        wait_until_ready(core, process)
        yield core
    finally:
        process.terminate()
        process.wait(20)
        actions.shutdown()
        actions.server_close()


def wait_until_ready(core: Core, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        assert process.poll() is None, core.printed()
        try:
            if core.request("health")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)  # another process: there is no event to wait on
    raise TimeoutError(core.printed())
