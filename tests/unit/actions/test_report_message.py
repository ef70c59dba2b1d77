import pytest

from actions.add_contact import take_contact
from actions.appeal_block import find_about, find_reason
from actions.bind_merchant import join_code_in
from actions.contents import contents_meant, find_contacts, find_medium, find_story, take_contents
from actions.goal import Heard
from actions.shown import shown
from tests.unit.actions.talk import Talk
from tests.unit.actions.turns import APPEALED, FILED, FakeServices

SMS = "【台灣自來水】貴戶水費逾期395元，將終止供水，請至 https://water-tw.top/pay"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("檢舉 0978-223-411", ("phone:0978223411",)),
        ("LINE ID lucky_778 跟電話 0978-223-411", ("line_id:lucky_778", "phone:0978223411")),
        ("帳號 808-0123456789012", ("account:0123456789012",)),
        ("檢舉 line.me/ti/p/abcDEf12", ("line_id:abcDEf12",)),
        (SMS, ()),
        ("檢舉這封簡訊 https://evil.top 請打 0978-223-411", ()),
        ("檢舉詐騙簡訊", ()),
    ],
)
def test_numbers_and_ids(text: str, found: tuple[str, ...]) -> None:
    assert find_contacts(Heard(text)) == found


@pytest.mark.parametrize(
    ("text", "intent", "taken"),
    [
        (SMS, "forward_message", (f"message:{SMS}",)),
        ("說我中獎要我匯手續費", "inform", ("message:說我中獎要我匯手續費",)),
        ("0978-223-411", "inform", ("phone:0978223411",)),
        ("嗯", "affirm", ()),
        ("[圖片]", "forward_message", ()),
        ("[照片] [照片]", "inform", ()),
        ("為什麼要給你們看", "inform", ()),
        ("我要檢舉詐騙簡訊", "report_message", ()),
    ],
)
def test_the_answer_to_which_one(text: str, intent: str, taken: tuple[str, ...]) -> None:
    assert take_contents(Heard(text, intent)) == taken


def test_the_last_check_is_meant_by_its_button_and_in_words() -> None:
    about = {"check": ("chk_1",), "checked": (SMS,)}
    assert contents_meant(Heard("", entities={"check": ("chk_1",)}, about=about)) == (f"message:{SMS}",)
    assert contents_meant(Heard("檢舉剛剛那則", about=about)) == (f"message:{SMS}",)
    assert contents_meant(Heard("", entities={"check": ("chk_0",)}, about=about)) == ()
    assert contents_meant(Heard("檢舉詐騙簡訊", about=about)) == ()
    assert contents_meant(Heard("檢舉這個賴 lucky_778", about=about)) == ()


@pytest.mark.parametrize(
    ("text", "is_story"),
    [
        ("檢舉這支電話 0978-223-411", False),
        ("0978-223-411 冒充檢察官說我涉案要監管帳戶", True),
        ("report this number 0978-223-411, it pretends to be my bank and asks for my card", True),
        ("冒充檢察官說我涉案要監管帳戶", False),
    ],
)
def test_what_is_told_beside_a_number(text: str, is_story: bool) -> None:
    assert find_story(Heard(text)) == ((text,) if is_story else ())


def test_an_advertisement_is_called_one() -> None:
    assert find_medium(Heard("檢舉臉書廣告")) == ("ad",)
    assert find_medium(Heard("請封 Telegram 頻道")) == ("telegram",)
    assert find_medium(Heard("檢舉簡訊")) == ()


def test_what_is_shown_back_is_short_and_defanged() -> None:
    assert shown("看 https://evil.top/a 跟\nb.top") == "看 hxxps://evil[.]top/a 跟 b[.]top"
    assert shown("很" * 100) == "很" * 59 + "…"
    assert shown("a\u202eb，c[.]top") == "ab，c[.]top"


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("王小明 0912345678 a@b.tw", ("name:王小明", "phone:0912345678", "mail:a@b.tw")),
        ("我叫林美美，電話 0911-222-333", ("name:林美美", "phone:0911222333")),
        ("my name is Amy Lin, phone 0911222333", ("name:Amy Lin", "phone:0911222333")),
        ("a@b.tw", ("mail:a@b.tw",)),
        ("林美美", ("name:林美美",)),
        ("為什麼要留？", ()),
        ("很" * 80, ()),
    ],
)
def test_contact(text: str, taken: tuple[str, ...]) -> None:
    assert take_contact(Heard(text)) == taken


def test_no_is_no_name() -> None:
    assert take_contact(Heard("不要", "deny")) == ()


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("我的網站被封了", "block"),
        ("please unblock lantern-studio.com", "block"),
        ("請把 a.tw 從黑名單拿掉", "listing"),
        ("my number got tagged as fraud", "listing"),
        ("你們憑什麼說我的店是詐騙", "verdict"),
        ("這封簡訊", None),
        ("我要申訴", None),
    ],
)
def test_what_an_appeal_is_about(text: str, about: str | None) -> None:
    assert find_about(Heard(text)) == ((about,) if about else ())


def test_a_sentence_may_say_why() -> None:
    assert find_reason(Heard("這是正常的購物網站"))
    assert not find_reason(Heard("我要申訴 a.tw"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("JOIN-AB12-CD34-EF56", "JOIN-AB12-CD34-EF56"),
        ("邀請碼是ＪＯＩＮ－AB12－CD34－EF56喔", "JOIN-AB12-CD34-EF56"),
        ("join ab12 cd34 ef56", "JOIN-AB12-CD34-EF56"),
        ("join-abcd-efgh-jkmn", "JOIN-ABCD-EFGH-JKMN"),
        ("I want to join them with some shops", None),
        ("JOIN-AB12", None),
    ],
)
def test_an_invitation_is_read_however_it_was_typed(text: str, code: str | None) -> None:
    assert join_code_in(text) == code


@pytest.mark.parametrize(
    "intent", ["out_of_scope", "nlu_fallback", "inform", "affirm", "report_site", "cancel"]
)
async def test_a_code_binds_whatever_the_words_resemble(talk: Talk, fake: FakeServices, intent: str) -> None:
    names = {"name_zh": "好銀行", "name_en": "Good Bank"}
    fake.by_path["/v1/people/me/join"] = {"role": "bank", "organisation": "good-bank", **names}
    await talk.says("JOIN-AB12-CD34-EF56", intent)
    assert [path for path, _, _ in fake.asked] == ["/v1/people/me/join"]
    assert talk.keys == ["utter_joined"]
    assert talk.params == {
        "organisation": "好銀行",
        "organisation_en": "Good Bank",
        "role": {"key": "utter_role_bank"},
    }


async def test_an_account_is_reported_with_its_story(talk: Talk, fake: FakeServices) -> None:
    await talk.says("檢舉 822-123456789012 收我們社區二十戶的假團購費", "report_account")
    await talk.taps("btn.report_send")
    body = fake.asked[-1][1]
    assert (body["lane"], body["kind"], body["subject"]) == ("message", "account", "123456789012")
    assert "假團購費" in body["text"]


async def test_a_name_of_telegrams_is_no_line_id(talk: Talk, fake: FakeServices) -> None:
    await talk.says("請封 Telegram 頻道", "report_message")
    await talk.says("@tw_signal_free")
    await talk.taps("btn.report_send")
    body = fake.asked[-1][1]
    assert (body["kind"], body["subject"]) == ("chat", "Telegram @tw_signal_free")


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("檢舉 IG 帳號 star_gift88", "Instagram @star_gift88"),
        ("檢舉飛機 @gold_signal_tw", "Telegram @gold_signal_tw"),
        ("檢舉微信號 wx_abc123", "WeChat @wx_abc123"),
        ("檢舉 FB粉專 taiwanwater99", "Facebook @taiwanwater99"),
    ],
)
async def test_a_chat_is_reported_with_its_platform(
    talk: Talk, fake: FakeServices, text: str, subject: str
) -> None:
    await talk.says(text, "report_message")
    assert {"key": "utter_report_line_chat", "params": {"value": subject}} in talk.params["details"]
    await talk.taps("btn.report_send")
    (body,) = [body for path, body, _ in fake.asked if path == "/v1/reports"]
    assert (body["kind"], body["subject"]) == ("chat", subject)


async def test_a_number_on_whatsapp_is_a_number(talk: Talk, fake: FakeServices) -> None:
    await talk.says("檢舉 WhatsApp 0978-223-411", "report_message")
    await talk.taps("btn.report_send")
    assert fake.asked[-1][1]["kind"] == "phone"


async def test_of_two_numbers_each_keeps_its_own_story(talk: Talk, fake: FakeServices) -> None:
    await talk.says("檢舉 0978-223-411", "report_message")
    await talk.says("還有 0966-120-984，自稱台電收費員要到府收錢", "report_message")
    await talk.taps("btn.report_send")
    stories = {body["subject"]: body["text"] for path, body, _ in fake.asked if path == "/v1/reports"}
    assert stories["0978223411"] is None
    assert "收費員" in stories["0966120984"]


async def test_the_text_for_165_cannot_be_tapped(talk: Talk, fake: FakeServices) -> None:
    fake.by_path["/v1/reports"] = {**FILED, "evidence_text": "內容：請點 https://evil.top/a\n聯防案號：LF-1"}
    await talk.says("檢舉 0978-223-411", "report_message")
    await talk.taps("btn.report_send")
    assert talk.params["evidence"] == "內容：請點 hxxps://evil[.]top/a\n聯防案號：LF-1"


@pytest.mark.parametrize(
    ("about", "found", "key"),
    [
        ("verdict", False, "utter_appeal_verdict"),
        ("block", False, "utter_appeal_elsewhere"),
        ("listing", True, "utter_appeal_ours"),
    ],
)
async def test_whose_list_it_is_decides_where_to_turn(
    talk: Talk, fake: FakeServices, about: str, found: bool, key: str
) -> None:
    fake.by_path["/v1/appeals"] = {**APPEALED, "found": found}
    await talk.says("我要申訴 a-shop.tw", "appeal_block")
    await talk.taps(f"btn.about_{about}")
    await talk.says("這是我們公司的網站")
    await talk.taps("btn.appeal_send")
    assert talk.keys == ["utter_appeal_filed", "utter_appeal_due", key]
    assert fake.asked[-1][1]["about"] == about
    assert talk.replies[0]["say"][1]["params"] == {"due": "11/25 14:05"}


@pytest.mark.parametrize("answer", ["我的 LINE ID 是 @goodshop，不是詐騙", "goodday-tea.com.tw"])
async def test_an_appeal_about_nothing_is_asked_about_once(
    talk: Talk, fake: FakeServices, answer: str
) -> None:
    await talk.says("你們憑什麼說我是詐騙", "appeal_block")
    assert talk.keys == ["utter_ask_appealed"]
    await talk.says("我要告你們")
    assert talk.keys == ["utter_ask_appealed_named"]
    await talk.says(answer)
    assert "utter_ask_appealed_named_again" not in talk.keys
    if "utter_ask_about" in talk.keys:
        await talk.taps("btn.about_listing")
    if "utter_ask_reason" in talk.keys:
        await talk.says("這是我們公司的，有登記")
    await talk.taps("btn.appeal_send")
    assert fake.asked[-1][1]["subject"] in ("@goodshop", "goodday-tea.com.tw")


async def test_what_the_reason_names_is_what_the_appeal_is_about(talk: Talk, fake: FakeServices) -> None:
    await talk.says("我的店被標成詐騙，要申訴", "appeal_block")
    await talk.says("早安飲料店")
    assert talk.keys == ["utter_ask_appealed_named"]
    await talk.says("沒有", "deny")
    assert talk.keys == ["utter_ask_reason"]
    await talk.says("我的 LINE ID 是 @goodshop，有營業登記")
    await talk.taps("btn.appeal_send")
    assert fake.asked[-1][1]["subject"] == "@goodshop"


async def test_of_what_nobody_named_no_list_is_spoken_of(talk: Talk, fake: FakeServices) -> None:
    await talk.says("我的店被標成詐騙，要申訴", "appeal_block")
    await talk.says("早安飲料店")
    await talk.says("沒有", "deny")
    await talk.says("我們有營業登記，沒有騙人")
    await talk.taps("btn.appeal_send")
    assert talk.keys == ["utter_appeal_filed", "utter_appeal_due", "utter_appeal_unnamed"]
    assert fake.asked[-1][1]["subject"] == "早安飲料店"


@pytest.mark.parametrize("status", ["none", "sandbox", "live"])
@pytest.mark.parametrize(
    ("text", "intent"), [("檢舉 0978-223-411", "report_message"), ("檢舉 a1-vip.cc", "report_site")]
)
async def test_the_card_promises_of_165_only_what_its_status_allows(
    talk: Talk, fake: FakeServices, text: str, intent: str, status: str
) -> None:
    fake.by_path["/v1/hotline"] = {"status": status}
    await talk.says(text, intent)
    if "utter_ask_brand" in talk.keys:
        await talk.says("蝦皮")
    assert talk.params["consent"] == {"key": f"utter_report_consent_{status}"}


async def test_the_card_claims_nothing_of_165_that_cannot_be_learned(talk: Talk, fake: FakeServices) -> None:
    fake.by_path["/v1/hotline"] = 503
    await talk.says("檢舉 0978-223-411", "report_message")
    assert talk.params["consent"] == {"key": "utter_report_consent_unknown"}
