"""Messages many people ask about within days, and what officers say of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cli.demo.days import Story
from cli.demo.matters import MATTERS, Matter, host_of
from cli.demo.town import Town
from services.registry.campaigns import deciding
from services.registry.campaigns.officers import officer
from services.registry.checking import Asker, run_check
from services.registry.requests import CheckRequest
from services.registry.snapshots import snapshots_of

FROM = 900  # the numbers of their addresses begin here
ASKERS = (24, 3, 17, 9, 2, 31, 6, 12, 4, 8, 19, 5)
AGO, LASTS = (3.5, 26), 60  # days, hours
DECISIONS = {0: ("confirm",), 2: (), 5: ("confirm",), 7: ("confirm", "undo"), 9: ()}
CASES = 3  # addresses in one campaign
ALONE = (
    "您好，您的包裹已到店，請於三日內取貨",
    "這個 LINE 帳號 demo-teacher-88 說可以帶我投資，是真的嗎",
    "02-0000-0000 打來說我的帳戶涉及洗錢",
    "https://free-gift-demo777.xyz/a 這個網址可以點嗎",
)


@dataclass
class Wave:
    """One template and what was answered to each asker."""

    town: Town
    matter: Matter
    number: int
    answers: list[dict[str, Any]] = field(default_factory=list)

    async def ask(self, person: str, text: str, sender: str | None) -> None:
        town = self.town
        request = CheckRequest(text=text, sender=sender, app="sms", via="forwarded", lang="zh-TW")
        asker = Asker(person, f"demo_check_{town.first}_{self.number}_{len(self.answers)}")
        self.answers.append(await run_check(town.database, town.vault, town.clock, request, asker))


async def asked_about(wave: Wave, person: str, moment: datetime) -> Story:
    town, matter = wave.town, wave.matter
    host = host_of(matter, town.first + FROM + wave.number * CASES + town.rng.randrange(CASES))
    yield moment
    sender = town.rng.choice((None, "0900-000-321", "+886900000654"))
    await wave.ask(person, matter.message.format(host=host), sender)


async def asked_alone(town: Town, text: str, number: int, moment: datetime) -> Story:
    yield moment
    await Wave(town, MATTERS[0], 100 + number).ask(town.somebody(), text, None)


async def judged(wave: Wave, events: tuple[str, ...], moment: datetime) -> Story:
    """One proposes, somebody of another organisation confirms."""
    town = wave.town
    yield moment
    campaign, check = wave.answers[0]["campaign"]["id"], wave.answers[0]["id"]
    first, other = town.officer("registry_desk"), town.officer("165")
    directory, _ = await snapshots_of(town.database).current(town.clock())
    async with town.database.write() as session:
        act = await officer(session, first.person, town.clock(), None)
        proposal = deciding.Proposal(check, "fraud", "seen_in_reports")
        one = await deciding.propose(session, act, campaign, proposal, directory)
    for event, step in (("confirm", deciding.confirm), ("undo", deciding.undo)):
        if event in events:
            yield town.clock() + town.wait((1, 9))
            async with town.database.write() as session:
                act = await officer(session, other.person, town.clock(), None)
                await step(session, town.vault, act, campaign, one.id)


def campaign_stories(town: Town) -> list[Story]:
    """Waves of askers, and some who ask alone."""
    return [*_waves(town), *_alone(town)]


def _waves(town: Town) -> Iterator[Story]:
    for number, askers in enumerate(ASKERS):
        wave = Wave(town, MATTERS[number], number)
        begins = town.some_day(AGO)
        for person in town.rng.sample(town.people, town.count(askers)):
            yield asked_about(wave, person, begins + town.wait((0, LASTS)))
        if number in DECISIONS:
            yield judged(wave, DECISIONS[number], begins + town.wait((LASTS, LASTS + 6)))


def _alone(town: Town) -> Iterator[Story]:
    for number in range(town.count(40)):
        yield asked_alone(town, ALONE[number % len(ALONE)], number, town.some_day((0.1, 58)))
