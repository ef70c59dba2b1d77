"""Unlock, refund, confirm, object and the state of cases, as conversations with the actions."""

from typing import Any

import pytest

from tests.unit.actions.locks import case, joined
from tests.unit.actions.talk import Talk
from tests.unit.actions.turns import FakeServices

FIRST, SECOND = "LF-7F3K-92QX", "LF-7F3K-92QY"


def owns(fake: FakeServices, *cases: dict[str, Any]) -> None:
    fake.by_path["/v1/locks/mine"] = {"cases": list(cases)}


def acts(fake: FakeServices, act: str, number: str, **changes: Any) -> None:
    fake.by_path[f"/v1/locks/{number}/{act}"] = case(number, **changes)


def posted(fake: FakeServices) -> list[str]:
    return [path for path, _, _ in fake.asked]


async def test_the_only_lock_is_the_one_to_release_after_one_yes(talk: Talk, fake: FakeServices) -> None:
    owns(fake, case())
    acts(fake, "release", FIRST, words="released", state="released", outcome="released")
    await talk.says("我要解鎖", "unlock_card")
    assert talk.keys == ["utter_unlock_confirm"]
    assert talk.params["cases"][0]["params"]["number"] == FIRST
    assert not fake.asked

    await talk.taps("btn.unlock_now")
    assert posted(fake) == [f"/v1/locks/{FIRST}/release"]
    assert talk.keys == ["utter_lock_released"]


@pytest.mark.parametrize(
    ("text", "released"),
    [("尾號 7891 那張", [SECOND]), ("7891", [SECOND]), ("第二張", [SECOND]), ("最新的", [FIRST]), ("the second one", [SECOND]),
     ("全部", [FIRST, SECOND]), ("lf 7f3k 92qy", [SECOND])],
)  # fmt: skip
async def test_of_several_the_one_that_is_meant(
    talk: Talk, fake: FakeServices, text: str, released: list[str]
) -> None:
    owns(fake, case(), case(SECOND, last4="7891"))
    for number in (FIRST, SECOND):
        acts(fake, "release", number, words="released", outcome="released")
    await talk.says("我要解鎖", "unlock_card")
    assert talk.keys == ["utter_ask_case", "utter_option", "utter_option"]
    assert talk.button("btn.one_card")["words"]["last4"] == "7890"
    await talk.says(text)
    await talk.says("解除")
    assert posted(fake) == [f"/v1/locks/{number}/release" for number in released]


async def test_a_tapped_case_is_not_asked_for(talk: Talk, fake: FakeServices) -> None:
    owns(fake, case(), case(SECOND, last4="7891"))
    await talk.says("我要解鎖", "unlock_card")
    await talk.taps("btn.one_card")
    assert talk.keys == ["utter_unlock_confirm"]


async def test_a_foreign_number_and_an_unknown_one_look_alike(talk: Talk, fake: FakeServices) -> None:
    owns(fake, case())
    for goal in ("unlock_card", "refund_card"):
        await talk.says(f"我要處理案號 {SECOND}", goal)
        assert talk.keys == ["utter_case_not_found"]


async def test_no_keeps_the_lock(talk: Talk, fake: FakeServices) -> None:
    owns(fake, case())
    await talk.says("我要解鎖", "unlock_card")
    await talk.taps("btn.keep_locked")
    assert talk.keys == ["utter_unlock_not_done"]
    assert not fake.asked


async def test_without_a_lock_the_way_to_object_is_shown(talk: Talk, fake: FakeServices) -> None:
    fake.by_path["/v1/issuers"] = {"issuers": [joined("MyCard")]}
    fake.by_path["/v1/locks/objections"] = {"case": case(words="objected", state="objected")}
    await talk.says("我要解鎖", "unlock_card")
    assert talk.keys == ["utter_unlock_none"]
    await talk.taps("btn.object_card")
    assert talk.keys[:2] == ["utter_object_opening", "utter_ask_serial"]
    await talk.says("MyCard MCAB1234567890，全家昨天下午三點", entities={"issuer": "MyCard", "store": "全家"})
    assert talk.keys == ["utter_object_confirm"]
    await talk.taps("btn.object_now")
    assert talk.keys == ["utter_object_filed"]
    assert "confirm_lock" not in {button.get("goal") for button in talk.replies[0]["buttons"]}


async def test_details_that_open_no_lock_file_no_objection(talk: Talk, fake: FakeServices) -> None:
    fake.by_path["/v1/locks/objections"] = {"case": None}
    await talk.says("我要解鎖", "unlock_card")
    await talk.taps("btn.object_card")
    await talk.says("MyCard MCAB1234567890", entities={"issuer": "MyCard"})
    await talk.says("提出")
    assert talk.keys == ["utter_object_nothing"]


PROOF = {
    "proof": "LP-1",
    "proof_url": "https://x.tw/verify/LP-1",
    "proof_image": "https://x.tw/verify/LP-1.png",
}


async def test_the_proof_stands_in_the_text_and_on_the_card(talk: Talk, fake: FakeServices) -> None:
    owns(fake, case(words="confirmed", state="confirmed", status="sandbox", **PROOF))
    await talk.says("我要退費", "refund_card")
    assert talk.keys == [
        "utter_refund_bring",
        "utter_refund_proof",
        "utter_refund_store_not_joined",
        "utter_refund_rule",
    ]
    proof = talk.replies[0]["say"][1]["params"]
    assert (proof["proof"], proof["url"]) == ("LP-1", "https://x.tw/verify/LP-1")
    assert proof["demo"] == {"key": "utter_demo"}
    assert talk.replies[0]["card"] == {
        "kind": "proof",
        "proofs": [
            {"number": FIRST, "proof": "LP-1", "url": PROOF["proof_url"], "image": PROOF["proof_image"]}
        ],
    }


async def test_a_lock_for_now_wants_the_receipt_before_the_store(talk: Talk, fake: FakeServices) -> None:
    owns(fake, case(chain_status="live", **PROOF), case(SECOND, words="refunded"))
    await talk.says("退費證明", "refund_card")
    assert "utter_refund_confirm_first" in talk.keys
    assert "utter_refund_store_not_joined" not in talk.keys
    assert "utter_refund_done" in talk.keys
    assert talk.button("btn.add_receipt")["params"] == {"case_id": FIRST}


async def test_without_a_lock_the_refund_is_explained(talk: Talk, fake: FakeServices) -> None:
    await talk.says("我要退費", "refund_card")
    assert talk.keys == ["utter_refund_none", "utter_refund_how"]
    owns(fake, case(words="recorded", status="none"))
    await talk.says("我要退費", "refund_card")
    assert talk.keys == ["utter_refund_none", "utter_lock_recorded", "utter_do_now"]


@pytest.mark.parametrize(
    ("outcome", "words", "keys"),
    [
        ("confirmed", "confirmed", ["utter_lock_confirmed", "utter_then_refund"]),
        ("pending", "locked", ["utter_confirm_pending", "utter_lock_locked", "utter_then_confirm"]),
        ("differs", "locked", ["utter_confirm_differs", "utter_lock_locked", "utter_then_confirm"]),
        ("recorded", "requested", ["utter_confirm_recorded", "utter_lock_requested", "utter_meanwhile"]),
        (
            "not_open",
            "expired",
            ["utter_confirm_not_open", "utter_lock_expired", "utter_lock_again_possible"],
        ),
    ],
)
async def test_a_receipt_and_what_became_of_it(
    talk: Talk, fake: FakeServices, outcome: str, words: str, keys: list[str]
) -> None:
    owns(fake, case(**PROOF))
    acts(fake, "confirm", FIRST, outcome=outcome, words=words)
    await talk.says("退費證明", "refund_card")
    await talk.taps("btn.add_receipt")
    assert talk.keys == ["utter_ask_receipt"]
    await talk.says("AB12345678")
    assert talk.keys == ["utter_ask_total"]
    await talk.says("5000")
    assert fake.asked[-1][1] == {"invoice": "AB12345678", "amount": 5000}
    assert talk.keys == keys


async def test_the_number_of_165_is_enough_and_said_to_be_as_told(talk: Talk, fake: FakeServices) -> None:
    owns(fake, case(**PROOF))
    acts(fake, "confirm", FIRST, outcome="confirmed", words="confirmed", confirmed_by="report_165_told")
    await talk.says("退費證明", "refund_card")
    await talk.taps("btn.add_receipt")
    await talk.says("165 案號 1141122007")
    assert fake.asked[-1][1] == {"report_165": "1141122007"}
    assert talk.keys[-1] == "utter_confirmed_as_told"


async def test_neither_invoice_nor_report_changes_nothing(talk: Talk, fake: FakeServices) -> None:
    owns(fake, case(**PROOF))
    await talk.says("退費證明", "refund_card")
    await talk.taps("btn.add_receipt")
    await talk.taps("btn.dont_know")
    assert talk.keys == ["utter_confirm_nothing"]
    assert not fake.asked


def a_case(number: str = FIRST, **changes: Any) -> dict[str, Any]:
    return {
        "number": number,
        "lane": "lock",
        "state": "provisional",
        "opened_at": "2026-11-22T06:05:00.000Z",
        "changed_at": "2026-11-22T06:05:00.000Z",
        "due_at": None,
        "ended": False,
        "joined": False,
        "may": ["wrong"],
        "shown": {"issuer": "MyCard", "issuer_en": "MyCard", "last4": "7890", "status": "live"},
        **changes,
    }


async def test_several_cases_are_listed_and_one_is_a_tap_away(talk: Talk, fake: FakeServices) -> None:
    cases = [a_case(SECOND, lane="site", state="filed", shown={}), a_case()]
    fake.by_path["/v1/cases"] = {"cases": cases}
    fake.by_path[f"/v1/cases/{SECOND}"] = cases[0]
    await talk.says("我的案件進度", "case_status")
    assert talk.keys == ["utter_cases_list", "utter_case_line", "utter_case_line"]
    assert talk.replies[0]["say"][2]["params"]["state"] == {"key": "utter_state_provisional"}
    await talk.taps("btn.case_number")
    assert talk.keys == ["utter_case_head", "utter_case_stands"]


@pytest.mark.parametrize("text", ["我最近的那個案件", f"案號 {FIRST}", "lf7f3k92qx 進度"])
async def test_a_lock_is_told_with_all_that_can_be_done(talk: Talk, fake: FakeServices, text: str) -> None:
    fake.by_path["/v1/cases"] = {"cases": [a_case(), a_case(SECOND)]}
    fake.by_path[f"/v1/cases/{FIRST}"] = a_case()
    owns(fake, case(again=True))
    await talk.says(text, "case_status")
    assert talk.keys == ["utter_case_opened", "utter_lock_locked", "utter_then_confirm"]
    assert talk.button("btn.locked_by_mistake")["goal"] == "unlock_card"


async def test_no_case_a_foreign_one_and_no_answer(talk: Talk, fake: FakeServices) -> None:
    fake.by_path["/v1/cases"] = {"cases": []}
    await talk.says("我的案件", "case_status")
    assert talk.keys == ["utter_cases_none"]
    fake.by_path[f"/v1/cases/{SECOND}"] = 404
    await talk.says(f"查案件 {SECOND}", "case_status")
    assert talk.keys == ["utter_case_not_found"]
    fake.by_path["/v1/cases"] = 503
    await talk.says("我的案件", "case_status")
    assert talk.keys == ["utter_cases_unavailable"]


async def test_evidence_is_kept_as_it_was_written(talk: Talk, fake: FakeServices) -> None:
    fake.by_path[f"/v1/cases/{FIRST}"] = a_case(lane="site", state="filed")
    fake.by_path[f"/v1/cases/{FIRST}/evidence"] = a_case()
    await talk.says(f"案號 {FIRST}", "case_status")
    await talk.taps("btn.add_evidence")
    assert talk.keys == ["utter_ask_evidence"]
    await talk.says("【台水】您的水費逾期，請至 https://evil.top 繳費", "forward_message")
    assert fake.asked[-1][1]["body"] == "【台水】您的水費逾期，請至 https://evil.top 繳費"
    assert talk.keys == ["utter_evidence_added"]


@pytest.mark.parametrize(
    ("act", "key"),
    [("withdraw", "btn.act_withdraw"), ("wrong", "btn.act_wrong"), ("object", "btn.act_object")],
)
async def test_a_case_of_any_lane_is_acted_on_after_one_yes(
    talk: Talk, fake: FakeServices, act: str, key: str
) -> None:
    fake.by_path[f"/v1/cases/{FIRST}"] = a_case(lane="site", state="filed", may=[act])
    fake.by_path[f"/v1/cases/{FIRST}/acts"] = a_case(lane="site", state="withdrawn", ended=True, may=[])
    await talk.says(f"案號 {FIRST}", "case_status")
    await talk.taps(key)
    assert talk.keys == ["utter_act_confirm"]
    assert not fake.asked
    await talk.taps("btn.act_now")
    assert fake.asked[-1][1] == {"act": act}
    assert talk.keys == ["utter_case_head", "utter_case_stands"]


async def test_what_is_not_open_any_more_changes_nothing(talk: Talk, fake: FakeServices) -> None:
    fake.by_path[f"/v1/cases/{FIRST}"] = a_case(lane="site", state="filed", may=["withdraw"])
    fake.by_path[f"/v1/cases/{FIRST}/acts"] = 404
    await talk.says(f"案號 {FIRST}", "case_status")
    await talk.taps("btn.act_withdraw")
    await talk.says("好")
    assert talk.keys == ["utter_case_not_found"]


async def test_an_issuer_that_has_not_joined_shows_no_lock_in_the_list(
    talk: Talk, fake: FakeServices
) -> None:
    shown = {"issuer": "MyCard", "issuer_en": "MyCard", "last4": "?", "status": "none"}
    fake.by_path["/v1/cases"] = {"cases": [a_case(state="requested", shown=shown), a_case(SECOND)]}
    await talk.says("我的案件", "case_status")
    line = talk.replies[0]["say"][1]["params"]
    assert line["state"] == {"key": "utter_state_recorded"}
    assert line["about"]["key"] == "utter_cards_without_serial"


@pytest.mark.parametrize(
    ("refusal", "key"),
    [
        (404, "utter_case_not_found"),
        ((409, "too_much_evidence"), "utter_evidence_full"),
        ((409, "idempotency_key_reused"), "utter_act_refused"),
    ],
)
async def test_only_a_case_that_is_not_there_is_not_found(
    talk: Talk, fake: FakeServices, refusal: Any, key: str
) -> None:
    owns(fake, case(**PROOF))
    fake.by_path[f"/v1/locks/{FIRST}/confirm"] = refusal
    await talk.says("發票號碼 AB12345678 總金額 5000 元", "out_of_scope")
    assert talk.keys == [key]


@pytest.mark.parametrize(
    "text",
    ["補發票", "找到發票了", "add receipt", "補 165 案號", "發票 AB12345678", "報案三聯單號碼 1130001234"],
)
async def test_a_receipt_is_for_the_own_open_lock(talk: Talk, fake: FakeServices, text: str) -> None:
    await talk.says(text, "nlu_fallback")
    assert not talk.form
    owns(fake, case(words="objected"))
    acts(fake, "confirm", FIRST, outcome="confirmed", words="confirmed")
    await talk.says(text, "nlu_fallback")
    assert talk.form or posted(fake)[-1] == f"/v1/locks/{FIRST}/confirm"


@pytest.mark.parametrize(
    "text",
    [
        "我沒找到發票",
        "發票可以之後再補嗎",
        "【財政部】發票號碼 AB12345678 中獎，請點 https://evil.top",
        "幫我鎖 GASH 序號 GS12345678 發票號碼 AB12345678",
    ],
)
async def test_what_only_sounds_like_a_receipt_opens_nothing(
    talk: Talk, fake: FakeServices, text: str
) -> None:
    owns(fake, case())
    await talk.says(text, "out_of_scope")
    assert "utter_ask_receipt" not in talk.keys
    assert "utter_ask_total" not in talk.keys


async def test_a_lock_that_others_object_to_takes_its_receipt(talk: Talk, fake: FakeServices) -> None:
    fake.by_path[f"/v1/cases/{FIRST}"] = a_case(state="objected")
    owns(fake, case(words="objected", state="objected"))
    await talk.says(FIRST, "nlu_fallback")
    assert talk.button("btn.add_receipt")["params"] == {"case_id": FIRST}
    assert talk.button("btn.add_evidence")
