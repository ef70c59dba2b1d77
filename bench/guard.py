"""Whether the guard keeps what must never be listed, and lets through what was really reported.

    lianfang bench guard

Kept, of each kind k of n: every public suffix (private ones too), every official domain with its parents and a name
below it, the popular and well-known names, the shared hosts, registered numbers, codes and ids. Let through: 2,000
reported domains drawn with a fixed seed from the lists beside this repository (skipped, saying so, without them), as an
officer would decide them: the reported host, to be listed and to be blocked; on a shared host the page. Beside it, for
information only, 2,000 ordinary names by another hand, most of which nobody could know.
"""

import csv
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import tldextract  # noqa: E402 -- the repository is no installed package here

from services.registry.directory import Directory, build_directory  # noqa: E402
from services.registry.hosts import read_address  # noqa: E402
from services.registry.layouts import READERS  # noqa: E402
from services.registry.seed import (  # noqa: E402
    read_organisations,
    read_shared_hosts,
    read_special_numbers,
    read_well_known,
)
from services.reports.guard import Aim, objections  # noqa: E402
from services.reports.protected import Protected, protect, read_popular  # noqa: E402
from services.reports.subjects import Indicator, read_target  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
LISTS = {
    "165-sites": "165_fake_investment_sites_160055.csv",
    "moda-rpz": "moda_ecommerce_rpz_165027.csv",
}
RECENT = "165_fake_investment_recent_2025-06_2026-06.txt"
REPORTED, WANTED = 2000, 0.99
SEED = 20261122
SHOWN = 12


def shipped() -> Directory:
    return build_directory(
        read_organisations(),
        shared_hosts=read_shared_hosts(),
        well_known=read_well_known(),
        special_numbers=[facts for facts, *_ in read_special_numbers()],
        version="bench",
    )


def never(aim: Aim, protected: Protected, purpose: str = "list") -> list[str]:
    return [one.code for one in objections(aim, purpose, protected) if one.never]  # type: ignore[arg-type]


def host(name: str) -> Aim:
    return Aim("host", name, "host", name)


def kept(what: str, aims: Iterable[Aim], protected: Protected) -> bool:
    """Print k of n; whether all were refused."""
    asked = list(aims)
    passed = [aim.value for aim in asked if not never(aim, protected)]
    print(f"{what:46} refused {len(asked) - len(passed)}/{len(asked)}", *passed[:SHOWN])
    return not passed


def suffixes() -> list[str]:
    extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
    return [one for one in extract.tlds if not one.startswith(("*", "!"))]


def parents(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.partition(".")[2]


def numbers(directory: Directory) -> Iterator[Aim]:
    kinds = {"line_id": "line_id", "bank_code": "account"}
    for organisation in directory.organisations.values():
        for contact in organisation.contacts:
            yield Aim(kinds.get(contact.kind, "phone"), contact.value, "exact")
    for number in directory.special_numbers:
        yield Aim("phone", number, "exact")


def reported() -> list[str]:
    """Distinct registered names, each as it was written first."""
    found: dict[str, str] = {}
    for kind, name in LISTS.items():
        with (DATA / name).open("rb") as file:
            texts = [entry.text for entry in READERS[kind](file)]
        texts += (DATA / RECENT).read_text(encoding="utf-8").split() if kind == "165-sites" else []
        for text in texts:
            address = read_address(text.strip())
            if address is not None and address.registrable is not None:
                found.setdefault(address.registrable, text)
    drawn = random.Random(SEED)  # noqa: S311 -- a sample, no secret
    return drawn.sample(sorted(found.values()), REPORTED)


def lets_through(texts: list[str], directory: Directory, protected: Protected) -> bool:
    why: Counter[str] = Counter()
    shown: list[str] = []
    blockable = 0
    for text in texts:
        one = read_target("site", text, directory)
        codes = ["unreadable"] if one is None else never(aim_of(one), protected)
        if codes:
            why[codes[0]] += 1
            shown.append(text[:60])
        elif one is not None:
            blockable += not never(aim_of(one), protected, "block")
    passed = len(texts) - len(shown)
    print(
        f"{'reported domains to the officers':46} let through {passed}/{len(texts)}",
        dict(why),
        *shown[:SHOWN],
    )
    print(f"{'of them whole names that may be blocked':46} {blockable}/{passed}")
    return passed >= WANTED * len(texts)


def aim_of(one: Indicator) -> Aim:
    return Aim(one.kind, one.value, "page" if one.kind == "page" else "host", one.value)


def ordinary(protected: Protected) -> None:
    with (DATA / "benign_domains.csv").open(encoding="utf-8", newline="") as file:
        names = [row["domain"].strip().lower() for row in csv.DictReader(file)]
    refused = sum(bool(never(host(name), protected)) for name in names)
    print(f"{'ordinary names by another hand (information)':46} refused {refused}/{len(names)}")


def main() -> int:
    directory = shipped()
    protected = protect(directory, read_popular())
    official = sorted({domain.domain for one in directory.organisations.values() for domain in one.domains})
    all_kept = [
        kept("public suffixes, private ones too", map(host, suffixes()), protected),
        kept("official domains", map(host, official), protected),
        kept(
            "their parents", map(host, sorted({up for name in official for up in parents(name)})), protected
        ),
        kept("names below them", (host(f"pay.{name}") for name in official), protected),
        kept("popular names (seed/popular.txt)", map(host, sorted(read_popular())), protected),
        kept("well-known names of the registry", map(host, sorted(read_well_known())), protected),
        kept("shared hosts", map(host, sorted(read_shared_hosts())), protected),
        kept("registered numbers, codes, ids, bank codes", numbers(directory), protected),
    ]
    if not DATA.exists():
        print("../shared/data is not here, and with it the reported domains: not measured")
        return 0 if all(all_kept) else 1
    ordinary(protected)
    return 0 if all([*all_kept, lets_through(reported(), directory, protected)]) else 1


if __name__ == "__main__":
    sys.exit(main())
