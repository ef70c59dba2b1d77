from typing import Any

import pytest

from actions.goal import Heard
from actions.reported import goal_of_report
from actions.sites import (
    address_meant,
    clean_name,
    find_addresses,
    find_imitated,
    find_place,
    take_imitated,
    take_place,
)
from tests.unit.actions.talk import Talk
from tests.unit.actions.turns import CHECK, FILED, FakeServices


def heard(text: str, intent: str = "inform", **named: str) -> Heard:
    return Heard(text, intent, named={name: (value,) for name, value in named.items()})


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("檢舉 https://evil-shop.top/a?x=1", ("https://evil-shop.top/a?x=1",)),
        ("a1-vip.cc 跟 a2-vip.cc，還有 a1-vip.cc", ("a1-vip.cc", "a2-vip.cc")),
        ("evil.top 假冒 Booking.com", ("evil.top",)),
        ("說是 Booking.com 的網站", ()),
        ("沒有網址", ()),
    ],
)
def test_addresses(text: str, addresses: tuple[str, ...]) -> None:
    assert find_addresses(heard(text)) == addresses


@pytest.mark.parametrize(
    ("text", "imitated"),
    [
        ("假冒蝦皮的購物網站", ("蝦皮",)),
        ("它冒充國泰世華銀行，要我登入", ("國泰世華銀行",)),
        ("自稱是台電", ("台電",)),
        ("冒充檢察官說我涉案要監管帳戶", ("檢察官",)),
        ("it pretends to be Shopee, on Facebook", ("Shopee",)),
        ("impersonating the Post Office website", ("Post Office",)),
        ("仿冒我們的官網", ()),
        ("假的購物網站", ()),
    ],
)
def test_whom_it_imitates_in_any_sentence(text: str, imitated: tuple[str, ...]) -> None:
    assert find_imitated(heard(text)) == imitated


def test_a_name_that_fraud_borrows_counts_as_it_was_written() -> None:
    assert find_imitated(heard("檢舉 shopee-x.top 蝦皮", brand="蝦皮")) == ("蝦皮",)


@pytest.mark.parametrize(
    ("text", "imitated"),
    [
        ("蝦皮", ("蝦皮",)),
        ("它假裝成台灣大學", ("台灣大學",)),
        ("it's the Post Office", ("Post Office",)),
        ("阿嬤手工蛋捲的官網", ("阿嬤手工蛋捲",)),
        ("<b>蝦皮</b>", ("b 蝦皮 b",)),
        ("{address} {operator}", ("address operator",)),
        ("為什麼要問這個？", ()),
        ("0912345678", ()),
        ("很" * 40, ()),
        ("🙃", ()),
    ],
)
def test_whom_it_imitates_as_an_answer(text: str, imitated: tuple[str, ...]) -> None:
    assert take_imitated(heard(text)) == imitated


@pytest.mark.parametrize(("text", "intent"), [("好", "affirm"), ("不要", "deny")])
def test_yes_and_no_are_no_names(text: str, intent: str) -> None:
    assert take_imitated(heard(text, intent)) == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [("臉書廣告", "ad"), ("Google 的廣告", "ad"), ("簡訊裡的", "sms"), ("朋友用 LINE 傳的", "chat"), ("google 搜到", "search"),
     ("a text message", "sms"), ("傳單", "other"), ("online", None), ("不想講", None)],
)  # fmt: skip
def test_where_it_was_met(text: str, place: str | None) -> None:
    assert take_place(heard(text)) == ((place,) if place else ())


def test_where_it_was_met_is_meant_in_any_sentence_only_when_it_is_said() -> None:
    assert find_place(heard("在臉書看到的")) == ("ad",)
    assert find_place(heard("我要檢舉臉書")) == ()


def test_nothing_unreadable_is_shown_again() -> None:
    assert clean_name("a\u202eb\u0000<x>") == "ab x"
    assert clean_name("帳號 12345678") is None


def test_the_site_that_was_checked_is_meant_by_its_button_and_by_it() -> None:
    about = {"check": ("chk_1",), "site": ("evil[.]top",)}
    assert address_meant(Heard("", entities={"check": ("chk_1",)}, about=about)) == ("evil[.]top",)
    assert address_meant(Heard("", entities={"check": ("chk_0",)}, about=about)) == ()
    assert address_meant(Heard("檢舉它", about=about)) == ("evil[.]top",)
    assert address_meant(Heard("我要檢舉網站", about=about)) == ()


async def test_the_address_is_judged_and_reported_after_one_yes(talk: Talk, fake: FakeServices) -> None:
    await talk.says("我要檢舉網站", "report_site")
    await talk.says("evil.top")
    assert [path for path, _, _ in fake.asked] == ["/v1/checks"]
    await talk.says("簡訊")
    await talk.says("對")

    assert talk.keys == ["utter_report_filed", "utter_report_165_none", "utter_report_evidence"]
    assert talk.replies[0]["card"] == {
        "kind": "report",
        "status": "none",
        "cases": [{"number": "LF-7F3K-92QX", "state": "reported"}],
    }
    assert talk.slots["open_goal"] is None
    path, body, headers = fake.asked[-1]
    assert path == "/v1/reports"
    assert (body["kind"], body["subject"], body["found"], body["consent"]) == (
        "site",
        "evil.top",
        "sms",
        True,
    )
    assert headers["Idempotency-Key"].startswith("evt_4:report:")


@pytest.mark.parametrize(
    ("changes", "keys"),
    [
        ({"status": "live"}, ["utter_report_filed", "utter_report_165_live"]),
        ({"status": "sandbox"}, ["utter_report_filed", "utter_report_165_sandbox", "utter_report_evidence"]),
        (
            {"status": "live", "others": 12, "state": "accepted"},
            ["utter_report_filed", "utter_report_others", "utter_report_under_way", "utter_report_165_live"],
        ),
        ({"status": "live", "again": True}, ["utter_report_again", "utter_report_165_live"]),
    ],
)
async def test_what_is_said_of_165_follows_from_its_status(
    talk: Talk, fake: FakeServices, changes: dict[str, Any], keys: list[str]
) -> None:
    fake.by_path["/v1/reports"] = {**FILED, **changes}
    await talk.says("檢舉 evil.top 假冒台電", "report_site")
    await talk.taps("btn.report_send")

    assert talk.keys == keys
    assert talk.button("btn.add_contact")["params"] == {"case_id": "LF-7F3K-92QX"}


async def test_nothing_is_numbered_that_was_not_saved(talk: Talk, fake: FakeServices) -> None:
    fake.by_path["/v1/reports"] = 503
    await talk.says("檢舉 evil.top 假冒台電", "report_site")
    await talk.taps("btn.report_send")

    assert talk.keys == ["utter_report_failed"]


async def test_each_address_is_a_report_of_its_own(talk: Talk, fake: FakeServices) -> None:
    await talk.says("檢舉 a1-vip.cc 跟 a2-vip.cc 假冒台電", "report_site")
    await talk.taps("btn.report_send")

    filed = [body["subject"] for path, body, _ in fake.asked if path == "/v1/reports"]
    assert sorted(filed) == ["a1-vip.cc", "a2-vip.cc"]
    assert len({headers["Idempotency-Key"] for path, _, headers in fake.asked if path == "/v1/reports"}) == 2


async def test_the_sum_that_was_lost_weighs(talk: Talk, fake: FakeServices) -> None:
    await talk.says("檢舉 evil.top 假冒蝦皮，我被騙匯了 30000 元", "report_site")
    assert "utter_report_line_lost" in [one["key"] for one in talk.params["details"]]
    await talk.taps("btn.report_send")
    assert fake.asked[-1][1]["money_lost"] == 30000


async def test_with_the_address_told_the_brand_is_the_one_question(talk: Talk) -> None:
    await talk.says("檢舉 evil.top", "report_site")
    assert talk.keys[-1] == "utter_ask_brand"
    await talk.taps("btn.dont_know")
    assert talk.keys == ["utter_report_confirm"]


async def test_where_it_was_met_is_tapped_on_the_card(talk: Talk, fake: FakeServices) -> None:
    await talk.says("檢舉 evil.top 假冒台電", "report_site")
    await talk.taps("btn.found_ad")
    details = [one["key"] for one in talk.params["details"]]
    assert details == [
        "utter_report_line_address",
        "utter_report_line_found",
        "utter_report_line_brand",
    ]
    await talk.taps("btn.report_send")
    assert fake.asked[-1][1]["found"] == "ad"


async def test_the_address_in_the_first_sentence_is_judged_first(talk: Talk, fake: FakeServices) -> None:
    fake.answer = {**CHECK, "verdict": "fraud"}
    await talk.says("我要檢舉 https://evil.top 假冒台電", "report_site")

    assert [path for path, _, _ in fake.asked] == ["/v1/checks"]
    assert talk.keys[0] == "utter_verdict_fraud"
    assert talk.keys[-1] == "utter_report_confirm"


async def test_what_is_shown_is_defanged_and_short(talk: Talk) -> None:
    await talk.says("我要檢舉網站", "report_site")
    await talk.says("https://evil.top/" + "a" * 500)

    (address,) = talk.params["details"]
    assert address["params"]["value"].startswith("hxxps://evil[.]top/aaa")
    assert len(address["params"]["value"]) <= 100


@pytest.mark.parametrize(
    ("text", "key"),
    [("為什麼要問這個", "utter_why_report"), ("why do you need that", "utter_why_report")],
)
async def test_why_is_answered_and_the_question_stays(talk: Talk, text: str, key: str) -> None:
    await talk.says("檢舉網站", "report_site")
    await talk.says(text, "ask_info")
    assert talk.keys == [key, "utter_ask_address"]

    await talk.says("謝謝", "thanks")
    assert talk.keys == ["utter_thanks", "utter_ask_address"]


async def test_a_name_told_along_the_way_does_not_replace_what_was_answered(talk: Talk) -> None:
    await talk.says("檢舉網站", "report_site")
    await talk.says("evil.top")
    await talk.says("假裝momo")
    await talk.says("它在google廣告第一個", entities={"brand": "Google"})

    brands = [
        one["params"]["value"] for one in talk.params["details"] if one["key"] == "utter_report_line_brand"
    ]
    assert brands == ["momo"]


@pytest.mark.parametrize(
    ("text", "intent"), [("我沒有要檢舉了", "deny"), ("不用檢舉", "report_site"), ("don't report it", "deny")]
)
async def test_who_wants_no_report_ends_it(talk: Talk, text: str, intent: str) -> None:
    await talk.says("檢舉網站", "report_site")
    await talk.says("evil.top")
    await talk.says(text, intent)

    assert talk.keys == ["utter_report_not_sent"]
    assert talk.open is None


@pytest.mark.parametrize(
    ("verdict", "keys"),
    [
        ("fraud", ["utter_verdict_fraud", "utter_report_confirm"]),
        ("unknown", ["utter_report_confirm"]),
        ("official", ["utter_verdict_official", "utter_report_not_sent"]),
    ],
)
async def test_an_address_told_along_the_way_is_judged_when_that_says_something(
    talk: Talk, fake: FakeServices, verdict: str, keys: list[str]
) -> None:
    await talk.says("我要檢舉網站", "report_site")
    fake.answer = {**CHECK, "verdict": verdict}
    await talk.says("evil.top")

    said = [reply["say"][0]["key"] for reply in talk.replies]
    assert said == keys
    assert not {"report_site", "report_message"} & {
        button.get("goal")
        for reply in talk.replies
        for button in reply["buttons"]
        if "run" not in button.get("params", {})  # what the card of this very report offers
    }


@pytest.mark.parametrize(
    ("text", "intent", "goal"),
    [
        ("檢舉 https://evil.top 假冒台電", "report_message", "report_site"),
        ("我要檢舉它", "report_message", "report_site"),
        ("檢舉剛剛那個", "report_message", "report_site"),
        ("檢舉這封簡訊 https://evil.top", "report_message", "report_message"),
        ("檢舉 https://evil.top 假冒台電，在簡訊收到的", "report_message", "report_site"),
        ("檢舉 0912-345-678", "report_site", "report_message"),
        ("檢舉這個賴 good_stock_101", "report_message", "report_message"),
        ("檢舉 line.me/ti/p/abcDEf12", "report_site", "report_message"),
        ("我要檢舉網站", "report_site", "report_site"),
        ("檢舉", "report_message", "report_message"),
        ("我要鎖卡", "lock_card", "lock_card"),
    ],
)
def test_what_is_reported_decides_the_goal(text: str, intent: str, goal: str) -> None:
    about = {"check": ("chk_1",), "site": ("evil[.]top",)}
    assert goal_of_report(Heard(text, intent, about=about)) == goal


def test_it_means_no_site_when_none_was_checked() -> None:
    assert goal_of_report(Heard("檢舉它", "report_message")) == "report_message"
