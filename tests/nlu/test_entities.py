import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from nlu.components.reading import read_entities

UTTERANCES = Path(__file__).resolve().parents[3] / "shared" / "data" / "utterances_dev.jsonl"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "幫我鎖麥卡，序號MCAB1234567890，在全家買的",
            {
                ("issuer", "麥卡", "MyCard"),
                ("store", "全家", "全家"),
                ("serial", "MCAB1234567890", "MCAB1234567890"),
            },
        ),
        ("7-11 民生門市", {("store", "7-11 民生門市", "7-ELEVEN")}),
        ("我們全家都很好", set()),
        ("我的蘋果手機壞了", set()),
        ("買了三張蘋果的禮物卡", {("issuer", "蘋果", "Apple")}),
        ("【台水】您的水費逾期", {("brand", "台水", "台灣自來水公司")}),
        ("刑事局公文，請提供資料", {("agency", "刑事局", "刑事警察局")}),
        ("收到監理站的簡訊說我超速", {("brand", "監理站", "公路局")}),
        ("店名貓日子", {("brand", "貓日子", "貓日子")}),
        ("有一個假全聯的網站", {("brand", "全聯", "全聯")}),
        ("自稱玉山銀行客服打來", {("brand", "玉山銀行", "玉山銀行")}),
        ("我在玉山的帳戶被鎖", {("bank", "玉山", "808")}),
        ("永豐銀行", {("bank", "永豐銀行", "807")}),
        ("敝公司老協珍遭人仿冒官網", {("brand", "老協珍", "老協珍")}),
        ("冒用禾聯家電名義賣冷氣", {("brand", "禾聯家電", "禾聯家電")}),
        ("a page pretending to be Blue Whale Travel", {("brand", "Blue Whale Travel", "Blue Whale Travel")}),
        ("報給金管會有用嗎", {("agency", "金管會", "金管會")}),
        ("自稱健保署，要我補繳", {("brand", "健保署", "健保署")}),
        ("Clerk at Hi-Life Zhongshan said no", {("store", "Hi-Life Zhongshan", "萊爾富")}),
        ("phishing page pretending to be Carrefour", {("brand", "Carrefour", "家樂福")}),
        ("Apple通知您的帳號鎖定，請點連結", {("brand", "Apple", "Apple")}),
        ("臉書有人賣假鞋", set()),
        ("店名都沒有", set()),
        ("", set()),
    ],
)
def test_names_in_their_surroundings(text: str, expected: "set[tuple[str, str, str]]") -> None:
    assert {(span.entity, span.text, span.value) for span in read_entities(text)} == expected


def test_spans_are_verbatim_and_apart() -> None:
    text = "ＭｙＣａｒｄ\u200b 序號ＭＣＡＢ１２３４５６７８９０ 全家 https://evil.top/a"
    spans = read_entities(text)
    assert [span.entity for span in spans] == ["issuer", "serial", "store", "url"]
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))


@pytest.mark.skipif(not UTTERANCES.exists(), reason="the dev sentences (../shared/data) are not here")
def test_dev_sentences_are_read_well() -> None:
    right = found = wanted = 0
    for line in UTTERANCES.read_text("utf-8").splitlines():
        row = json.loads(line)
        gold = Counter((entity["entity"], entity["value"]) for entity in row["entities"])
        read = Counter((span.entity, span.text) for span in read_entities(row["text"]))
        right += sum((gold & read).values())
        found += sum(read.values())
        wanted += sum(gold.values())
    assert right / found > 0.93
    assert right / wanted > 0.93
