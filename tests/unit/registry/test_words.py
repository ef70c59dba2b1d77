"""Every code the rules may say has words in both languages."""

import re
from pathlib import Path

from lianfang.settings import ROOT
from lianfang.words import LANGUAGES, Words
from services.registry import evaluate
from services.registry.importing import KINDS
from services.registry.own_list import OWN
from services.registry.popular import KIND as POPULAR

RULES = ROOT / "services" / "registry" / "rules"


def reason_codes() -> set[str]:
    sources = "".join(path.read_text(encoding="utf-8") for path in RULES.glob("*.py"))
    names = set(re.findall(r'Evidence\(\s*"(\w+)"', sources))
    imitations = (ROOT / "services/registry/lookalike.py").read_text(encoding="utf-8")
    names |= set(re.findall(r'Imitation\("(\w+)"', imitations))
    lists = {*KINDS, OWN} - {POPULAR}  # a ranking accuses nobody
    return names | {"listed_" + kind.replace("-", "_") for kind in lists}


def advice_codes() -> set[str]:
    source = Path(evaluate.__file__).read_text(encoding="utf-8")
    tail = source[source.index("def _advice") :]
    return set(re.findall(r'"(\w+)"', tail)) & set(
        re.findall(r'(?:append\(|return \[|else )"?(\w+)"', tail)
    ) | {
        "forgery_looks_same",
        "text_cut",
    }


def test_every_code_has_words() -> None:
    words = Words.load(ROOT / "domain.yml")
    keys = {f"reason.{code}" for code in reason_codes()} | {f"advice.{code}" for code in advice_codes()}
    assert len(reason_codes()) > 25
    missing = set(words.missing())
    for key in sorted(keys):
        assert words.knows(key), key
        assert not [language for language in LANGUAGES if (key, language) in missing], key
