import io
import json
import logging
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import redis
from core import ROOT, free_port
from rasa.core.actions.action import RemoteAction
from rasa.core.lock_store import LockStore
from rasa.engine.constants import PLACEHOLDER_MESSAGE
from rasa.engine.graph import ExecutionContext, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.utils.endpoints import EndpointConfig

from nlu.components.classifier import WEIGHTS_FILE, CharGramClassifier
from nlu.components.entities import PatternEntities
from nlu.components.tokenizer import CharTokenizer
from nlu.connection import KeptConnection
from nlu.fingerprint import fingerprint
from nlu.messages import answer_to
from nlu.patches import RASA_VERSION, BadActionAnswer, WrongRasaVersion, apply_patches, patches
from nlu.quiet import ContentFreeFormatter, where
from nlu.runner import StraightRunner
from nlu.server import open_store
from nlu.tracker import ForgetfulRedisStore, ForgetfulTrackerStore, redis_endpoints


class Hands:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 6, 5, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Hands:
    return Hands()


def tracker(sender: str, *events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events(sender, list(events))


async def test_a_tracker_is_forgotten_a_day_after_its_last_message(clock: Hands) -> None:
    store = ForgetfulTrackerStore(Domain.empty(), clock=clock)
    await store.save(tracker("s_old", UserUttered("hello")))
    await store.save(tracker("s_kept", UserUttered("hello")))
    clock.now += timedelta(hours=23)
    await store.save(tracker("s_kept", UserUttered("again")))
    assert await store.retrieve("s_old") is not None
    clock.now += timedelta(hours=1)
    assert await store.retrieve("s_old") is None
    assert await store.retrieve("s_kept") is not None
    assert list(store.store) == ["s_kept"]
    clock.now += timedelta(days=2)
    assert store.forget_expired() == 1
    assert not store.store


async def test_a_tracker_is_forgotten_at_once_when_asked(clock: Hands) -> None:
    store = ForgetfulTrackerStore(clock=clock)
    await store.save(tracker("s_1", UserUttered("hello")))
    store.forget("s_1")
    store.forget("s_never")
    assert await store.retrieve("s_1") is None


def test_redis_keeps_trackers_for_a_day() -> None:
    trackers, locks = redis_endpoints("rediss://me:p%40ss@cache:7000/3")
    assert (trackers.url, trackers.type) == ("cache", "nlu.tracker.ForgetfulRedisStore")
    assert trackers.kwargs["record_exp"] == 86400
    for store in (trackers, locks):
        assert (store.kwargs["port"], store.kwargs["db"], store.kwargs["password"]) == (7000, 3, "p@ss")
        assert store.kwargs["use_ssl"] is True
    with pytest.raises(ValueError, match="LIANFANG_REDIS_URL"):
        redis_endpoints("http://cache")


def test_only_stores_that_forget_are_opened() -> None:
    assert isinstance(
        open_store(EndpointConfig(type="nlu.tracker.ForgetfulTrackerStore")), ForgetfulTrackerStore
    )
    trackers, locks = redis_endpoints("redis://127.0.0.1:1/0")
    store = open_store(trackers)
    assert isinstance(store, ForgetfulRedisStore)
    assert (store.record_exp, store.key_prefix) == (86400, "lianfang:tracker:")
    assert LockStore.create(locks).key_prefix == "lianfang:lock:"
    with pytest.raises(TypeError):
        open_store(EndpointConfig(type="rasa.core.tracker_store.InMemoryTrackerStore"))


def test_the_patched_places_exist_and_still_work() -> None:
    assert (RASA_VERSION, version("rasa")) == ("3.6.21", "3.6.21")
    assert [(owner.__name__, name) for owner, name, _ in patches()] == [
        ("RemoteAction", "_validate_action_result"),
        ("Event", "resolve_by_type"),
    ]
    assert all(name in vars(owner) for owner, name, _ in patches())
    apply_patches()
    assert Event.resolve_by_type("slot") is SlotSet
    assert Event.resolve_by_type("nonsense", default=BotUttered) is BotUttered
    with pytest.raises(ValueError, match="nonsense"):
        Event.resolve_by_type("nonsense")


def test_another_rasa_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasa.__version__", "3.6.20")
    with pytest.raises(WrongRasaVersion, match=r"3\.6\.21.*3\.6\.20"):
        apply_patches()


@pytest.mark.parametrize(
    "answer",
    [
        {"events": 5},
        {"responses": "x"},
        {"events": [5]},
        {"responses": ["x"]},
        {"events": [{"name": "lang"}]},
        {"events": [{"event": None}]},
    ],
)
def test_what_is_no_answer_of_an_action_is_refused(answer: "dict[str, Any]") -> None:
    apply_patches()
    action = RemoteAction("action_x", None)
    assert action._validate_action_result({"events": [{"event": "slot"}], "responses": [{}]})
    assert action._validate_action_result({})
    with pytest.raises(BadActionAnswer):
        action._validate_action_result(answer)


@pytest.mark.filterwarnings("ignore:Slot auto-fill")
def test_no_action_of_ours_is_sent_the_domain() -> None:
    """Rasa sends it to every `validate_…` that does not say `send_domain: false`."""
    ours = Domain.load(str(ROOT / "domain.yml"))
    assert "validate_goal_form" in ours.action_names_or_texts
    assert not [
        name for name in ours.action_names_or_texts if ours.does_custom_action_explicitly_need_domain(name)
    ]


async def test_the_action_server_is_called_through_one_client() -> None:
    endpoint = KeptConnection("http://127.0.0.1:1/webhook", headers={"Authorization": "Bearer x"})
    async with endpoint.session() as first:
        pass
    async with endpoint.session() as second:
        assert first is second
        assert not first.closed
        assert first.headers["Authorization"] == "Bearer x"
    await endpoint.close()
    assert first.closed


def test_the_graph_is_run_as_dask_would_run_it(tmp_path: Path) -> None:
    def node(component: type, needs: str) -> SchemaNode:
        return SchemaNode({"messages": needs}, component, "create", "process", {})

    schema = GraphSchema(
        {
            "entities": node(PatternEntities, "tokens"),
            "tokens": node(CharTokenizer, PLACEHOLDER_MESSAGE),
            "not wanted": node(PatternEntities, "tokens"),
        }
    )
    results = []
    for kind in (DaskGraphRunner, StraightRunner):
        runner = kind.create(
            schema, LocalModelStorage.create(tmp_path / kind.__name__), ExecutionContext(schema)
        )
        for text in ("請看 https://a-b.top", "0912345678"):
            ran = runner.run({PLACEHOLDER_MESSAGE: [Message({"text": text})]}, ["entities"])
            results.append({name: [message.as_dict() for message in output] for name, output in ran.items()})
    assert results[:2] == results[2:]
    assert list(results[0]) == ["entities"]
    assert results[0]["entities"][0]["entities"]


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed (Debian: apt install redis-server)")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait(10)


def wait_until_it_answers(client: redis.Redis) -> None:
    deadline = time.monotonic() + 10
    while True:
        assert time.monotonic() < deadline
        try:
            client.ping()
            break
        except redis.exceptions.ConnectionError:
            time.sleep(0.05)  # another process: there is no event to wait on


async def test_redis_keeps_the_shortened_tracker_and_nothing_older(redis_url: str) -> None:
    endpoint, _ = redis_endpoints(redis_url)
    store = open_store(endpoint)
    wait_until_it_answers(store.red)
    await store.save(tracker("s_1", UserUttered("one"), UserUttered("two")))
    await store.save(tracker("s_1", UserUttered("two"), UserUttered("three")))
    kept = await store.retrieve("s_1")
    assert kept is not None
    assert [event.text for event in kept.events] == ["two", "three"]
    assert 86000 < store.red.ttl("lianfang:tracker:s_1") <= 86400
    store.forget("s_1")
    assert await store.retrieve("s_1") is None


def test_the_answer_to_an_event_is_read_from_the_tracker() -> None:
    said = {"say": [{"key": "utter_x"}]}
    told = tracker(
        "s_1",
        UserUttered("a", {"name": "greet"}, metadata={"event": "e1"}),
        BotUttered("one"),
        BotUttered(None, {"custom": said}),
        UserUttered("b", metadata={"event": "e2"}),
        BotUttered("two"),
    )
    first = answer_to(told, "e1")
    assert first is not None
    assert (first.messages, first.intent["name"]) == ([{"text": "one"}, {"custom": said}], "greet")
    assert answer_to(told, "e3") is None
    assert answer_to(tracker("s_2", UserUttered("a", metadata={"event": "e1"})), "e1") is None


@pytest.fixture
def output() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ContentFreeFormatter())
    loggers = [logging.getLogger(name) for name in ("rasa.core.processor", "lianfang.nlu")]
    for logger in loggers:
        logger.addHandler(handler)
    yield stream
    for logger in loggers:
        logger.removeHandler(handler)


def break_twice(text: str) -> None:
    try:
        {}[text]
    except KeyError as inner:
        raise ValueError(text) from inner


def test_foreign_records_lose_message_arguments_and_exception_text(output: io.StringIO) -> None:
    with pytest.raises(ValueError, match="secret") as caught:
        break_twice("secret")
    logging.getLogger("rasa.core.processor").error("secret %s", "secret", exc_info=caught.value)
    logging.getLogger("lianfang.nlu").warning("turn failed: %s", "busy")
    assert where(caught.value).startswith("ValueError at test_parts.py")
    printed = output.getvalue()
    assert "secret" not in printed
    assert "KeyError" in printed
    assert "turn failed: busy" in printed


def test_the_classifier_is_stored_as_numbers_only(tmp_path: Path) -> None:
    storage = LocalModelStorage.create(tmp_path)
    resource, config = Resource("classifier"), CharGramClassifier.get_default_config()
    context = ExecutionContext(GraphSchema({}))
    data = TrainingData(
        [
            Message({"text": text, "intent": intent})
            for intent in ("greet", "cancel")
            for text in EXAMPLES[intent]
        ]
    )
    tokenizer = CharTokenizer(CharTokenizer.get_default_config())
    tokenizer.process_training_data(data)
    trained = CharGramClassifier.create(config, storage, resource, context)
    trained.train(data)
    loaded = CharGramClassifier.load(config, storage, resource, context)
    answers = []
    for classifier in (trained, loaded):
        message = tokenizer.process([Message({"text": "你好 早安"})])
        answers.append(classifier.process(message)[0].get("intent_ranking"))
    assert answers[0] == answers[1]
    assert answers[0][0]["name"] == "greet"
    with storage.read_from(resource) as folder, np.load(folder / WEIGHTS_FILE, allow_pickle=False) as numbers:
        assert {numbers[name].dtype for name in numbers.files} == {np.dtype(np.float32)}
        assert all(json.loads(path.read_text("utf-8")) for path in folder.glob("*.json"))


EXAMPLES = {"greet": ["你好", "早安", "你好早安"], "cancel": ["取消", "我要取消", "取消吧"]}


def test_the_fingerprint_follows_every_source(tmp_path: Path) -> None:
    seen = {fingerprint(tmp_path)}
    for name in ("config.yml", "domain.yml", "data/nlu/greet.yml", "nlu/turn.py", "nlu/lookups/store.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        for content in ("a", "b"):
            (tmp_path / name).write_text(content)
            seen.add(fingerprint(tmp_path))
    assert len(seen) == 11
    (tmp_path / "nlu/.venv/lib").mkdir(parents=True)
    (tmp_path / "nlu/.venv/lib/other.py").write_text("not ours")
    assert fingerprint(tmp_path) in seen
