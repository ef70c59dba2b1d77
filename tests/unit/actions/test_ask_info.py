"""Questions in people's own words find their answer; those without one are told so."""

import re

import pytest

from actions.ask_info import ActionAskInfo
from actions.info import BY_CODE, INFOS, MOST_OFFERED, find_info, general_question, likely_infos
from actions.services import Services
from lianfang.words import Words
from tests.conftest import ROOT
from tests.unit.actions.talk import Talk
from tests.unit.actions.turns import run, tracker_of

WORDS = Words.load(ROOT / "domain.yml")

ASKED = [
    ("一一一那個簡訊號碼，喔我是說 111，到底是幹嘛的", "what_is_111"),
    ("what's this 111 thing about", "what_is_111"),
    ("簡訊寫 111 傳的就可信嗎", "proof_of_111"),
    ("can a message from 111 be fake?", "proof_of_111"),
    ("111 那種簡訊要看哪些特徵", "three_marks"),
    ("你問我後三碼是要做什麼用", "last_three_digits"),
    ("why do you want my last 3 digits", "last_three_digits"),
    ("國稅局是不是每個通知都從111來", "not_all_use_111"),
    ("我們公司可以申請 111 嗎", "who_sends_111"),
    ("111 的訊息裡會放網址嗎", "links_in_111"),
    ("聽說有人開車載假的基地台，那是什麼", "fake_base_station"),
    ("手機跑出2G字樣要緊嗎", "turn_off_2g"),
    ("寄件人是0800開頭的簡訊正常嗎", "sender_0800"),
    ("a text from a landline number, is that normal?", "sender_0800"),
    ("電話前面多一個+886是什麼意思", "plus_sign"),
    ("銀行會用 iMessage 聯絡我嗎", "imessage_rcs"),
    ("兆豐的 68017 是什麼號碼", "bank_short_code"),
    ("reurl 那種縮起來的網址能點嗎", "short_link"),
    ("gov.tw 在中間算不算政府的", "government_address"),
    ("台電會傳繳費連結給我嗎", "utility_bill"),
    ("does Taiwan Water send an SMS with a link?", "utility_bill"),
    ("etag 欠費通知長什麼樣子才對", "toll_notice"),
    ("監理站會用email寄罰單嗎", "traffic_fine"),
    ("政府發錢會傳簡訊叫我登記嗎", "cash_handout"),
    ("我沒訂東西卻有貨到付款的包裹", "ghost_parcel"),
    ("a cash on delivery parcel I never ordered", "ghost_parcel"),
    ("快遞單上的隱碼怎麼運作", "hidden_code"),
    ("what are those hidden courier codes", "hidden_code"),
    ("LINE 官方帳號旁邊的藍盾有什麼用", "line_shield"),
    ("點數卡是哪幾家能鎖", "which_issuers"),
    ("點數要等48小時才進帳是為什麼", "delayed_crediting"),
    ("超商給的小白單可以丟掉嗎", "white_slip"),
    ("點數已經儲值進遊戲還能退嗎", "points_used_up"),
    ("買錯的點數卡門市會退錢嗎", "card_refund"),
    ("線上鎖點數是誰在鎖", "how_card_lock_works"),
    ("how does locking a card work", "how_card_lock_works"),
    ("騙子為什麼愛叫人買點數卡", "card_lures"),
    ("一般民眾能查虛擬帳號是誰的嗎", "who_looks_up_accounts"),
    ("16碼的虛擬帳號是怎麼來的", "virtual_account"),
    ("第三方支付業者有人管嗎", "payment_firms"),
    ("變成警示戶會怎麼樣", "alert_account"),
    ("錢轉出去還來得及攔嗎", "after_transfer"),
    ("卡號給了假網站要先做什麼", "card_number_given"),
    ("驗證碼簡訊要先看哪裡", "one_time_code"),
    ("三聯單哪裡拿", "police_receipt"),
    ("撥 165 會不會收電話費", "is_165_free"),
    ("does it cost anything to call 165", "is_165_free"),
    ("半夜打165有人接嗎", "hours_of_165"),
    ("165有LINE可以加嗎", "reach_165"),
    ("所以你們已經幫我報 165 了對吧", "told_165"),
    ("have you told 165 already?", "told_165"),
    ("該打165還是110", "what_165_and_110_do"),
    ("165到底是幹嘛的", "what_is_165"),
    ("你們是警察嗎", "who_are_you"),
    ("are you run by the government", "who_are_you"),
    ("我店的網站被擋錯了可以恢復嗎", "wrongly_blocked"),
    ("詐騙網站多快會被封掉", "how_soon_blocked"),
    ("誰能下令把網站封鎖", "who_orders_blocking"),
    ("停止解析到底做了什麼", "how_blocking_works"),
    ("how is a scam site blocked", "how_blocking_works"),
    ("為什麼沒有人通報還不能信", "not_reported"),
    ("檢舉要附什麼證據", "evidence"),
    ("品牌商要通報假賣場走什麼管道", "merchants_report"),
    ("網路詐騙通報查詢網可以幹嘛", "fraud_portal"),
    ("一頁式購物網站要注意什麼", "fake_shop"),
    ("how do I recognise a fake online store", "fake_shop"),
    ("詐騙網址要跟誰檢舉", "where_to_report"),
    ("where can I report a scam", "where_to_report"),
    ("釣魚簡訊有什麼特徵", "spot_scam_sms"),
    ("最近最多的詐騙是哪種", "common_scams"),
    ("家裡長輩怎麼防詐騙", "avoid_scams"),
    ("台灣一年被詐騙多少錢", "how_much_fraud"),
    ("詐防條例管到哪些業者", "fraud_law"),
    ("我傳給你的對話會存多久", "your_data"),
    ("刪了案件還查得到嗎", "deleted_cases"),
    ("if I delete my data, can I still see my case?", "deleted_cases"),
    ("do you keep my messages", "your_data"),
    ("黃色那個結果代表什麼", "what_verdicts_mean"),
    ("你是根據什麼判斷的", "how_we_judge"),
    ("為什麼你從不說沒問題", "why_never_sure"),
]


@pytest.mark.parametrize(("text", "code"), ASKED)
def test_a_question_in_own_words_finds_its_answer(text: str, code: str) -> None:
    found = find_info(text)

    assert found is not None
    assert found.code == code


def test_every_answer_is_found_by_some_question_and_there_are_enough() -> None:
    assert len(INFOS) >= 25
    assert {code for _, code in ASKED} == set(BY_CODE)


@pytest.mark.parametrize("info", INFOS, ids=lambda info: info.code)
def test_an_answer_has_a_date_and_short_words_in_both_languages(info: object) -> None:
    code, as_of = info.code, info.as_of  # type: ignore[attr-defined]
    assert re.fullmatch(r"20\d\d(?:-\d\d){0,2}", as_of)
    assert len(WORDS.say(f"utter_info_{code}", "zh-TW")) <= 160
    assert len(WORDS.say(f"utter_info_{code}", "en")) <= 340


@pytest.mark.parametrize(
    "text",
    ["殺豬盤為什麼叫殺豬盤", "TWNIC是政府單位嗎", "how is the weather tomorrow", "", "？", "字" * 3000],
)
def test_no_answer_is_made_up(text: str) -> None:
    assert find_info(text) is None
    assert len(likely_infos(text)) == MOST_OFFERED


@pytest.mark.parametrize(
    "text",
    [
        "你是警察嗎",
        "Are you the police?",
        "什麼是111",
        "如何分辨假的購物網站",
        "封鎖網站是怎麼做到的",
        "how do I spot a fake shop",
        "What is a hidden code?",
    ],
)
def test_a_question_how_things_are(text: str) -> None:
    assert general_question(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "我要鎖卡",
        "怎麼鎖卡",
        "檢舉假網站",
        "我收到111的簡訊是真的嗎",
        "這個網站是不是假的購物網站",
        "幫我查165",
        "他說他是165",
        "為什麼我的卡被鎖",
    ],
)
def test_a_wish_or_a_story_is_none(text: str) -> None:
    assert general_question(text) is None


async def test_the_answer_bears_source_and_date(services: Services) -> None:
    said = await run(ActionAskInfo(services), tracker_of("什麼是假基地台", intent="ask_info"))

    assert said.keys == ["utter_info_fake_base_station", "utter_info_source"]
    assert said.reply["say"][1]["params"] == {"source": "news.ltn.com.tw", "as_of": "2025/08/18"}


async def test_about_ourselves_we_are_the_source(services: Services) -> None:
    said = await run(ActionAskInfo(services), tracker_of("你們是誰經營的", intent="ask_info"))

    assert said.reply["say"][1]["params"]["source"] == {"key": "utter_info_ourselves"}


async def test_an_unknown_question_is_told_so_with_likely_ones_and_165(talk: Talk) -> None:
    await talk.says("165的員工薪水怎麼算", "ask_info")
    assert talk.keys[0] == "utter_info_what_is_165"

    await talk.says("什麼是殺豬盤", "ask_info")
    assert talk.keys == ["utter_info_unknown"]
    assert "165" in [button.get("tel") for button in talk.replies[0]["buttons"]]
    await talk.taps("btn.info_fake_shop")
    assert talk.keys == ["utter_info_fake_shop", "utter_info_source"]


async def test_the_button_without_a_question_offers_some(talk: Talk) -> None:
    await talk.taps_button({"goal": "ask_info", "params": {}})
    assert talk.keys == ["utter_info_menu"]

    await talk.taps_button({"goal": "ask_info", "params": {"question": "never_written"}})
    assert talk.keys == ["utter_info_menu"]


@pytest.mark.parametrize(
    "intent", ["report_site", "appeal_block", "nlu_fallback", "out_of_scope", "lock_card"]
)
async def test_a_general_question_is_answered_whatever_goal_it_resembles(talk: Talk, intent: str) -> None:
    await talk.says("如何分辨假的購物網站", intent)

    assert talk.keys == ["utter_info_fake_shop", "utter_info_source"]
