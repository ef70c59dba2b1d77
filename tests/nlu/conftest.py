"""These tests run in nlu's environment (see nlu/pyproject.toml); elsewhere there is no Rasa and they are not collected."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("rasa") else ["test_*.py"]

if find_spec("rasa"):
    from nlu.prepare import prepare_rasa

    prepare_rasa(training=True)
