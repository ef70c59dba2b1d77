"""Words of loss and of self-harm, in whatever sentence they stand: they change the answer before any form does."""

import re
from dataclasses import dataclass

from lianfang.text.dialect import in_common_words
from lianfang.text.everyday import is_everyday
from lianfang.text.forwarded import looks_forwarded
from lianfang.text.loss_meant import ended_well, nearly_happened
from lianfang.text.loss_model import chance_of_loss
from lianfang.text.loss_reading import read_losses
from lianfang.text.loss_story import NAMED
from lianfang.text.normalise import normalise, to_traditional
from lianfang.text.self_harm import speaks_of_dying


@dataclass(frozen=True)
class Distress:
    """`loss`: transfer (money, however paid), otp, credentials (card number, password, ID), card (points, serial)."""

    loss: frozenset[str]
    self_harm: bool

    def __bool__(self) -> bool:
        return bool(self.loss) or self.self_harm


# Of a very long text, its beginning and its end: people put their own words around what they paste.
_READ = 1200
# The second witness overrules the words only when it is sure, and surer where they name what did not happen
# (docs/decisions.md).
UNLIKELY, LIKELY, SURE = 0.03, 0.4, 0.8
# What can be lost, or how: without any of it there is nothing to warn of (我點下去了).
_LOSABLE = re.compile(
    r"[錢款帳元塊萬千轉匯付刷繳存儲買卡碼密證簿幣金騙盜借訂投領扣墊簽賠薪費貨退契]|序號|點數|資料|數字|位數|輸入|手機|電腦|裝備|\d{2,}|[$€£]"
    r"|(?<![a-z])(?:money|cash|paid|pay|sent|send|bought|visa|cards?|codes?|otp|passwords?|pins?|accounts?|bank|deposit|transfer\w*|wired|savings|scam\w*|usdt|crypto|wallet|gift|id|passport|lost|gone|emptied|stol\w+|took|screen|invest\w*|fees?)(?![a-z])"
    r"|(?<![a-z])(?:uang|transfer|bayar|kirim|kartu|kode|tiền|chuyển|thẻ|mã|lừa|mất|n?ag?bayad)|เงิน|โอน|รหัส|บัตร|หลอก|โกง|จ่าย",
    re.IGNORECASE,
)
_HAN = re.compile("[\u4e00-\u9fff]")


def find_distress(text: str) -> Distress:
    """What a message tells of lost money, codes, data or cards, and of wanting to die."""
    plain = plain_words(text)
    return Distress(_losses(plain, foreign=looks_forwarded(text)), speaks_of_dying(plain))


def _losses(plain: str, *, foreign: bool) -> frozenset[str]:
    words, chance = read_losses(plain, foreign=foreign), chance_of_loss(plain)
    if words.loss:
        return frozenset() if chance < UNLIKELY and _HAN.search(plain) else words.loss
    if (
        chance < (SURE if words.set_aside or ended_well(plain) else LIKELY)
        or not _LOSABLE.search(plain)
        or nearly_happened(plain)
        or is_everyday(plain)
    ):
        return frozenset()
    return frozenset({next((kind for kind, pattern in NAMED if pattern.search(plain)), "transfer")})


def plain_words(text: str) -> str:
    """The text normalised, in Traditional script and common spelling; a very long one without its middle."""
    read = text if len(text) <= 2 * _READ else f"{text[:_READ]}\n{text[-_READ:]}"
    return in_common_words(to_traditional(normalise(read)).replace("’", "'"))
