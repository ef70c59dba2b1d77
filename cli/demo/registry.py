"""What the registry desk has before it: an invented organisation, decided and waiting changes, one announcement."""

from datetime import timedelta
from functools import partial

from cli.demo.days import Story
from cli.demo.town import Officer, Town
from services.registry.desk.asking import Asked, announcement
from services.registry.desk.officers import officer
from services.registry.desk.proposals import approve, propose, reject, undo, withdraw
from services.registry.desk.showing import page_of_proposals

ORGANISATION = "demo-water-bureau"
NAME = "示範市水務局"
SOURCE = "示範資料，沒有這個機關"
ANNOUNCED = "【示範市水務局】{date} 起因管線汰換工程，{any}停水，請提前儲水。查詢 https://water-demo.tw/stop"


async def registry_story(town: Town) -> Story:
    """Nothing where a desk has been at work already."""
    yield town.ago(24 * 50)
    one, other = (_desk(town, name) for name in ("lianfang", "twnic"))
    async with town.database.read() as session:
        act = await officer(session, one.person, town.clock())
        begun = (await page_of_proposals(session, act, limit=1)).proposals
    if begun:
        return
    ask, decide = partial(_propose, town), partial(_decide, town)
    for asked in (
        _organisation(town),
        _domain(town, "water-demo.tw"),
        _contact(town, "line_id", "@waterdemo"),
    ):
        proposal = await ask(one, asked, "示範市政府來函")
        yield town.clock() + town.wait((2, 20))
        await decide(other, proposal, "approve")
    wrong = await ask(one, _domain(town, "water-demo-event.tw"), "活動網站")
    yield town.clock() + town.wait((5, 30))
    await decide(other, wrong, "reject", "不是機關自己的網域，來函沒有提到")
    phone = await ask(other, _contact(town, "phone", "02-5550-0100"), "客服電話")
    yield town.clock() + town.wait((5, 30))
    await decide(one, phone, "approve")
    yield town.clock() + town.wait((40, 90))
    await decide(one, phone, "undo")
    typo = await ask(other, _domain(town, "waterdemo.tw"), "")
    yield town.clock() + town.wait((1, 2))
    await decide(other, typo, "withdraw")
    yield town.ago(24 * 4)
    news = await ask(one, _announcement(town), "停水公告，發送 12,000 則")
    yield town.clock() + town.wait((2, 8))
    await decide(other, news, "approve")
    yield town.ago(30)
    await ask(one, _complete(town), "來函說明沒有其他網域")
    yield town.ago(9)
    await ask(other, _domain(town, "water-pay-demo.tw"), "新的繳費網站，下月啟用")
    yield town.ago(3)
    await ask(one, _contact(town, "short_code", "68900"), "催繳簡訊改用這個短碼")


def _desk(town: Town, organisation: str) -> Officer:
    [found] = [
        one for one in town.officers if (one.role, one.organisation) == ("registry_desk", organisation)
    ]
    return found


async def _propose(town: Town, by: Officer, asked: Asked, note: str) -> str:
    async with town.database.write() as session:
        act = await officer(session, by.person, town.clock())
        return (await propose(session, act, asked, note)).id


async def _decide(town: Town, by: Officer, proposal: str, event: str, reason: str = "") -> None:
    async with town.database.write() as session:
        act = await officer(session, by.person, town.clock())
        if event == "approve":
            await approve(session, act, proposal)
        elif event == "reject":
            await reject(session, act, proposal, reason)
        else:
            await {"undo": undo, "withdraw": withdraw}[event](session, act, proposal)


def _today(town: Town) -> str:
    return town.clock().date().isoformat()


def _organisation(town: Town) -> Asked:
    values = {
        "name_zh": NAME,
        "name_en": "Demo City Water Bureau",
        "category": "agency",
        "aliases": [{"text": "示範水務局", "brackets": False}],
        "source": SOURCE,
        "verified_on": _today(town),
    }
    return Asked("organisation", (ORGANISATION,), "add", values)


def _domain(town: Town, name: str) -> Asked:
    values = {"role": "official", "confirmed": True, "evidence": SOURCE, "verified_on": _today(town)}
    return Asked("domain", (ORGANISATION, name), "add", values)


def _contact(town: Town, kind: str, value: str) -> Asked:
    values = {"confirmed": True, "evidence": SOURCE, "verified_on": _today(town)}
    return Asked("contact", (ORGANISATION, kind, value), "add", values)


def _complete(town: Town) -> Asked:
    values = {"complete": True, "evidence": SOURCE, "verified_on": _today(town)}
    return Asked("domain_list", (ORGANISATION,), "change", values)


def _announcement(town: Town) -> Asked:
    now = town.clock()
    return announcement(
        ORGANISATION,
        sender="111",
        text=ANNOUNCED,
        domains=["water-demo.tw"],
        starts_at=now + timedelta(hours=12),
        ends_at=now + timedelta(days=20),
        now=now,
    )
