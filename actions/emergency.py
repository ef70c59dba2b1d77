"""The emergency card: whom to call now, what to have ready, by what was lost."""

import re

from actions.clicked import CLICKED, tells_of_click
from actions.turn import Turn
from lianfang.replies import CALL_110, CALL_165, Reply, Say, goal_button
from lianfang.text.distress import find_distress
from lianfang.text.normalise import normalise, to_traditional

# The first that applies decides what to prepare.
LOSSES = ("card", "otp", "credentials", "transfer")
BUTTONS = {
    loss: goal_button(f"btn.lost_{loss}", "already_scammed", lost=loss)
    for loss in ("card", "otp", "credentials", "transfer")
}
# Said in a word or two below an emergency card: 是點數卡, 不是轉帳, 是驗證碼.
_NAMED = (
    ("card", re.compile(r"點數|遊戲卡|禮物卡|序號|my\s*card|gash|gift card|game card|serial", re.IGNORECASE)),
    (
        "otp",
        re.compile(r"驗證碼|認證碼|\botp\b|信用卡|刷卡|卡號|\bcode\b|card number|credit card", re.IGNORECASE),
    ),
    (
        "credentials",
        re.compile(r"密碼|帳密|網銀|身分證|證件|password|log-?in|passport|\bid card\b", re.IGNORECASE),
    ),
    (
        "transfer",
        re.compile(r"轉帳|匯款|匯錢|轉錢|轉了|匯了|現金|\bATM\b|transfer|\bwire|\bcash\b", re.IGNORECASE),
    ),
)
_NOT_THAT = re.compile(r"(?:不是|沒有?)[^,，、。\s]{1,8}|\bnot (?:a |an |the |my )?\w+", re.IGNORECASE)
LONGEST_NAME = 16  # of Chinese; twice as much in Latin letters


def emergency_for(turn: Turn) -> Reply:
    """The emergency card for what this turn tells; told without any loss, the way to lose nothing stands in it."""
    if not turn.is_tap and not find_distress(turn.text).loss and not names_a_loss(turn):
        return nothing_lost_yet(has_clicked=tells_of_click(turn.text))
    return emergency(_loss(turn))


def loses_a_card(turn: Turn) -> bool:
    """Told or tapped: it is a card that is lost, and a card can still be locked."""
    return _loss(turn) == "card"


def _loss(turn: Turn) -> str:
    tapped = turn.entity("lost")
    if tapped in LOSSES:
        return str(tapped)
    heard = find_distress(turn.text).loss
    if heard and (turn.entity("serial") or turn.entity("issuer")):
        return "card"  # whatever else is gone, the card can still be locked
    named = names_a_loss(turn) or "transfer"
    return next((loss for loss in LOSSES if loss in heard), named)


def names_a_loss(turn: Turn) -> str | None:
    """What was lost, said in a word or two right after an emergency card."""
    text = normalise(turn.text).strip()
    longest = 2 * LONGEST_NAME if text.isascii() else LONGEST_NAME
    if turn.is_tap or turn.last_card != "emergency" or len(text) > longest:
        return None
    named = to_traditional(_NOT_THAT.sub(" ", text))
    return next((loss for loss, pattern in _NAMED if pattern.search(named)), None)


def emergency(loss: str) -> Reply:
    """Whom to call, then what to have ready. What becomes of a lost card is said by the goal that locks it."""
    others = [button for other, button in BUTTONS.items() if other != loss]
    card = {"kind": "emergency", "lost": loss}
    return Reply([Say(f"utter_emergency_{loss}")], [CALL_165, CALL_110, *others], card, urgent=True)


def nothing_lost_yet(*, has_clicked: bool) -> Reply:
    """Whom to call if something is gone after all, and what not to do now."""
    say = [Say("utter_emergency_line"), CLICKED if has_clicked else Say("utter_not_paid_yet")]
    buttons = [CALL_165, CALL_110, *BUTTONS.values()]
    return Reply(say, buttons, {"kind": "emergency", "lost": None}, urgent=True)
