"""What a list names is found however it is written, and what cannot be read for sure is nobody's own."""

from datetime import date

import pytest

from services.registry.facts import Hit
from services.registry.listing import Listable, Lister
from services.registry.pages import page_of, pages_over
from services.registry.reading import read_message
from tests.unit.registry.shipped import codes, directory, judged

DAY = date(2026, 11, 20)
LISTED = (
    ("host", "evil-shop88.top"),
    ("host", "xn--fiq228c.xn--kprw13d"),
    ("page", "play.google.com/store/apps/details?id=com.evil"),
    ("page", "bit.ly/3Evil"),
    ("line_id", "evil888"),
    ("line_id", "badguy"),
    ("phone", "0912345678"),
    ("phone", "0223456789"),
    ("account", "012345678901"),
)
HITS = {key: Hit(*key, "165-line-ids" if key[0] == "line_id" else "165-sites", DAY) for key in LISTED}


def verdict(text: str, sender: str | None = None) -> str:
    return str(judged(text, sender=sender, hits=HITS).decision.verdict)


@pytest.mark.parametrize(
    "text",
    [
        "evil-shop88.top",
        "http://あ.evil-shop88.top/x",
        "http://😀.evil-shop88.top",
        "http://*.evil-shop88.top",
        "http://~.evil-shop88.top",
        "http://a,b.evil-shop88.top/x",
        "http://a%2ab.evil-shop88.top/x",
        "http://한국.evil-shop88.top",
        "https://www.post.gov.tw請點.evil-shop88.top",
        "あ.evil-shop88.top",
        "中.evil-shop88.top",
        ".evil-shop88.top",
        "..evil-shop88.top",
        "-evil-shop88.top",
        "www.gov.tw...evil-shop88.top",
        "a." * 45 + "evil-shop88.top",
        "http://" + "a." * 140 + "evil-shop88.top",
        " ".join(f"a{number}.com" for number in range(200)) + " evil-shop88.top",
        "evil-shop88 dot top",
        "evil-shop88(dot)top",
        "evil-shop88 . top",
        "evil-shop88 .top",
        "evil-shop88. top",
        "evil-shop88點top",
        "evil-shop88 點 top",
        "evil-shop88点top",
        "evil-shop88·top",
        "evil-shop88・top",
        "evil-shop88•top",
        "evil-shop88,top",
        "evil-shop88，top",
        "evil-shop88、top",
        "evil-shop88*top",
        "evil-shop88《.》top",
        "evil-shop88.\ntop",
        "evil-shop88\n.top",
        "evil-shop88😀.top",
        "evil-shop88.😀top",
        "e v i l - s h o p 8 8 . t o p",
        "evil\u2010shop88.top",
        "evil\u2011shop88.top",
        "evil\u2012shop88.top",
        "evil–shop88.top",
        "evil—shop88.top",
        "evil−shop88.top",
        "еvil-shop88.top",
        "evil-shop88.tοp",
        "https://google.com/url?q=http%3A%2F%2Fevil-shop88.top",
        "https://google.com/url?q=http%253A%252F%252Fevil-shop88.top%252Fa",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fevil-shop88.top%2F",
        "https://translate.google.com/translate?u=evil-shop88.top",
        "https://evil--shop88-top.translate.goog/",
        "https://cdn.ampproject.org/c/s/evil-shop88.top/x",
        "請寄 a@evil-shop88.top",
        "mailto:a@evil-shop88.top",
        "https://evil-shop88.top./x",
        "http://evil-shop88.top%00.gov.tw/",
        "http://evil-shop88.top%20.gov.tw/",
        "https://中文.台湾/x",
        "中文.台湾",
        "請看中文.台湾",
    ],
)
def test_a_listed_host(text: str) -> None:
    for message in (text, f"【通知】請看 {text} 領取"):
        assert verdict(message) == "fraud", message


@pytest.mark.parametrize(
    "text",
    [
        "https://play.google.com/store/apps/details?id=com.evil&hl=zh_TW",
        "play.google.com/store/apps/details?hl=zh&id=com.evil",
        "play.google.com/store/apps/details/?id=com.evil",
        "https://play.google.com//store/apps/details?id=com.evil",
        "https://play.google.com/store/./apps/details?id=com.evil",
        "https://play.google.com/store/x/../apps/details?id=com.evil&x=1",
        "https://play.google.com/store/apps/details?id%3Dcom.evil",
        "market://details?id=com.evil",
        "bit.ly//3Evil",
        "bit.ly/3Evil+",
        "bit.ly/3Evil_",
        "bit.ly/3Evil*",
        "bit.ly/3Evil?x=1",
        "https://bit.ly./3Evil",
        "https://bit.ly:443/3Evil",
        "bit . ly/3Evil",
        "bit.ly/ 3Evil",
        "bit.ly/\n3Evil",
        "bit.ly|3Evil",
        "bit點ly/3Evil",
        "j.mp/3Evil",
        "bitly.com/3Evil",
        " ".join(f"a{number}.com" for number in range(60)) + " bit.ly/3Evil",
    ],
)
def test_a_listed_page(text: str) -> None:
    assert verdict(text) == "fraud"


@pytest.mark.parametrize(
    "text",
    "賴「evil888」|LINE【evil888】|LINE (evil888)|加賴👉evil888|LINE➡️evil888|LINE - evil888|LINE、evil888|LINE，evil888|LINE｜evil888|"
    "LINE   :   evil888|LINE ID：\n\n  evil888|我的line是：evil888|LINE官方帳號:evil888|line搜尋evil888|賴搜 evil888|加好友 evil888|"
    "加入line好友 evil888|濑evil888|LlNE:evil888|L1NE：evil888|L.I.N.E evil888|L-I-N-E:evil888|ㄌㄞ:evil888|加ㄌㄞˋ evil888|加來evil888|"
    "加萊evil888|加綠泡泡evil888|綠色軟體 evil888|賴ID↓evil888|賴I D evil888|Line ID⬇️\nevil888|evil888 這是我的賴|evil888（LINE）|"
    "add me evil888 on LINE|LINE me at evil888|line_id:evil888|LINE account evil888|LINE@ evil888|LINE ID: @ evil888|LINE—evil888|"
    "line://ti/p/~evil888|http://line.naver.jp/ti/p/~evil888|https://page.line.me/evil888|https://page.line.me/?accountId=evil888|"
    "https://line.me/R/oaMessage/@evil888/|https://line.me/ti//p/~evil888|line .me/ti/p/~evil888|賴:evil 888|賴:еvil888|賴:evil八八八|"
    "我的賴 e v i l 8 8 8|賴:e-v-i-l-8-8-8|賴:evil\u200b888|賴：ｅｖｉｌ８８８|加我 evil888|@evil888|賴 badguy|賴badguy|賴👉badguy|"
    "badguy的賴|加賴：【badguy】|LINE ID badguy".split("|"),
)
def test_a_listed_line_id(text: str) -> None:
    for message in (text, f"想賺錢嗎？{text}"):
        assert verdict(message) == "fraud", message


@pytest.mark.parametrize(
    "text",
    "886-912-345-678|886 912345678|886912345678|+8860912345678|〇九一二三四五六七八|零九一二三四五六七八|零九一二-三四五-六七八|"
    "零九壹貳參肆伍陸柒捌|0912\u2011345\u2011678|0912–345–678|0912—345—678|0912−345−678|+886\u2011912\u2011345\u2011678|"
    "0️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣|٠٩١٢٣٤٥٦٧٨|0912/345/678|0912、345、678|0912·345·678|0912~345~678|0912_345_678|"
    "0912345678-0987654321|0912345678/0987654321|O912345678|０９１２－３４５－６７８|02–2345–6789|886-2-2345-6789|"
    "0912345678一直打來".split("|"),
)
def test_a_listed_phone(text: str) -> None:
    assert verdict(f"請打 {text} 找我") == "fraud"


@pytest.mark.parametrize(
    "sender", ["tel:0912345678", "0912\u2011345\u2011678", "0912345678 (詐騙)", "＋886 912 345 678"]
)
def test_a_listed_sender(sender: str) -> None:
    assert verdict("你好", sender) == "fraud"


@pytest.mark.parametrize(
    "text",
    "808012345678901|帳號0123\u20114567\u20118901|帳號0123–4567–8901|帳號0123—4567—8901|帳號0123/4567/8901|帳號012.3456.78901|"
    "帳號012·345·678901|帳號012_345_678901|帳號零一二三四五六七八九零一|帳號٠١٢٣٤٥٦٧٨٩٠١|訂單編號012345678901|序號 012345678901|"
    "帳號0 1 2 3 4 5 6 7 8 9 0 1|帳號012345678901一直|(808)0123-4567-8901".split("|"),
)
def test_a_listed_account(text: str) -> None:
    assert verdict(f"請匯到 {text}") == "fraud"


# What comes between an official name and where the address really leads.
BETWEEN = "あ א 한 ㄅ 😀 · * ~ , ! ; ' $ & + = ( | ^ ` { < 請點 → 👉 「 — … %20 %2a %00 @ - _ \u3164 \u2800 :80 :x".split(
    " "
)


@pytest.mark.parametrize("sign", BETWEEN)
@pytest.mark.parametrize(
    "official", ["https://www.post.gov.tw", "www.post.gov.tw", "https://www.cathaybk.com.tw"]
)
def test_an_official_name_before_a_strangers_host_is_not_official(official: str, sign: str) -> None:
    for text in (f"{official}{sign}.evil.top", f"{official}{sign}.evil.top/login 是真的嗎"):
        assert verdict(text) in ("unknown", "suspicious"), text
    bank = judged(f"【國泰世華】帳戶異常，請立即驗證 {official}{sign}.evil.top/login")
    assert "own_address" not in codes(bank) or "foreign_address" in codes(bank) or sign == ":80"


@pytest.mark.parametrize("sign", "あ א 한 ㄅ 😀 · * ~ .한국 請點 , ; | 👉".split(" "))
def test_what_follows_an_official_name_is_read_as_a_browser_reads_it(sign: str) -> None:
    found = judged(f"https://www.post.gov.tw{sign}.evil.top/x")
    assert found.decision.verdict == "suspicious"
    assert codes(found) & {"lookalike_gov", "lookalike_prefix"}


@pytest.mark.parametrize(
    "text",
    [
        "https://www.esunbank.com/go?u=https%3A%2F%2Fevil.top",
        "https://www.esunbank.com/go?u=evil.top",
        "https://www.esunbank.com/go?next=https%253A%252F%252Fevil.top",
        "http://evil.top%00.gov.tw/",
        "http://evil.top%20.gov.tw/",
    ],
)
def test_an_address_that_leads_on_is_not_official(text: str) -> None:
    assert verdict(text) != "official"


@pytest.mark.parametrize(
    "text",
    [
        "https://www.post.gov.tw",
        "https://www.post.gov.tw 是真的嗎",
        "https://www.post.gov.tw。",
        "(https://www.post.gov.tw)",
    ],
)
def test_an_official_address_stays_official(text: str) -> None:
    assert verdict(text) == "official"


@pytest.mark.parametrize(
    "text",
    [
        "innocent-evil-shop88.top",
        "evil-shop88.top.tw",
        "evil-shop88.top.example.com",
        "bit.ly/3evil",
        "bit.ly/3Evil9",
        "play.google.com/store/apps/details?id=com.evil.other",
        "shop.play.google.com.tw/store/apps/details?id=com.evil",
        "LINE貼圖 badguy 出新的了",
        "evil888 遊戲很好玩",
        "IG @evil888",
        "YouTube @evil888",
        "脆上的 @evil888",
        "09123456789 是我的卡號尾數",
        "金額 0123456789012",
        "see the shop. Top deals, online now",
    ],
)
def test_what_only_resembles_a_listed_thing_is_left_alone(text: str) -> None:
    assert verdict(text) != "fraud"


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("678數位發展部：領取普發現金請上 10000-gov，tw", ("10000-gov.tw",)),
        ("請上 evil點top", ("evil.top",)),
        ("請上 evil·top", ("evil.top",)),
        ("https://www.esunbank.com/go?u=evil.top", ("evil.top",)),
        ("從新裝置（iPhone，Taipei）登入", ()),
        ("下午3點to 5點", ()),
        ("https://www.post.gov.tw", ()),
        ("https://www.dot.gov.taipei", ()),
    ],
)
def test_addresses_that_only_people_read(text: str, unread: tuple[str, ...]) -> None:
    message = read_message(text, sender=None, last3=None, app=None, directory=directory())
    assert message.possible.unread == unread


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        (
            "https://play.google.com/store/apps/details?id=com.evil&hl=zh_TW",
            "play.google.com/store/apps/details?id=com.evil",
        ),
        ("https://j.mp//3Evil", "bit.ly/3Evil"),
        ("https://m.facebook.com/profile.php?fbclid=x&id=12", "facebook.com/profile.php?id=12"),
        (
            "https://docs.google.com/forms/d/e/1F/viewform?usp=sf_link",
            "docs.google.com/forms/d/e/1F/viewform",
        ),
        ("https://youtu.be/abc_d?si=x", "youtube.com/watch?v=abc_d"),
    ],
)
def test_lists_keep_a_page_under_the_key_messages_ask_for(entry: str, key: str) -> None:
    listed = Lister(directory()).address(entry)
    assert listed == Listable("page", key)
    host, _, path = key.partition("/")
    assert page_of(host, "/" + path) == key
    assert key in pages_over(host, "/" + path)


@pytest.mark.parametrize(
    "entry",
    [
        "evil888x",
        "@evil888x",
        "https://line.me/R/ti/p/~evil888x",
        "http://line.naver.jp/ti/p/~evil888x",
        "https://page.line.me/evil888x",
        "https://page.line.me/?accountId=evil888x",
        "line://ti/p/@evil888x",
    ],
)
def test_lists_keep_a_line_id_under_one_key(entry: str) -> None:
    assert Lister(directory()).line_id(entry) == Listable("line_id", "evil888x")
