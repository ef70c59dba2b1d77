"""The emergency card: whom to call now, what to have ready, by what was lost."""

import re

from actions.clicked import CLICKED, tells_of_click
from actions.turn import Turn
from lianfang.replies import CALL_110, CALL_165, Reply, Say, goal_button
from lianfang.text.distress import find_distress

# The first that applies decides what to prepare.
LOSSES = ("card", "otp", "credentials", "transfer")
OTHER_LOSSES = {
    "card": goal_button("btn.lost_card", "already_scammed", lost="card"),
    "otp": goal_button("btn.lost_otp", "already_scammed", lost="otp"),
    "transfer": goal_button("btn.lost_transfer", "already_scammed", lost="transfer"),
}

# Issuers by the names people write. A lock page is named only where a source does; its date is in the words.
ISSUERS = (
    ("GASH", re.compile(r"gash|橘子點", re.IGNORECASE)),
    ("MyCard", re.compile(r"my\s*card|智冠", re.IGNORECASE)),
    ("遊e卡", re.compile(r"遊\s*e\s*卡|wanin", re.IGNORECASE)),
    ("Razer Gold", re.compile(r"razer|\bmol\b", re.IGNORECASE)),
    ("Garena", re.compile(r"garena|貝殼", re.IGNORECASE)),
)
LOCK_PAGES = frozenset({"GASH"})


def emergency_for(turn: Turn) -> Reply:
    """The emergency card for what this turn tells; told without any loss, the way to lose nothing stands in it."""
    if not turn.is_tap and not find_distress(turn.text).loss:
        return nothing_lost_yet(has_clicked=tells_of_click(turn.text))
    return emergency(_loss(turn), read_issuer(f"{turn.entity('issuer') or ''} {turn.text}"))


def _loss(turn: Turn) -> str:
    tapped = turn.entity("lost")
    if tapped in LOSSES:
        return str(tapped)
    heard = find_distress(turn.text).loss
    return next((loss for loss in LOSSES if loss in heard), "transfer")


def read_issuer(text: str) -> str | None:
    return next((name for name, pattern in ISSUERS if pattern.search(text)), None)


def emergency(loss: str, issuer: str | None) -> Reply:
    """Call first, then what to have ready; a game card also needs its issuer, whom we cannot command."""
    say = [Say(f"utter_emergency_{loss}")]
    if loss == "card":
        say.append(_issuer_line(issuer))
        say.append(Say("utter_emergency_card_keep"))
    others = [button for other, button in OTHER_LOSSES.items() if other != loss]
    return Reply(say, [CALL_165, CALL_110, *others], {"kind": "emergency", "lost": loss}, urgent=True)


def nothing_lost_yet(*, has_clicked: bool) -> Reply:
    """Whom to call if something is gone after all, and what not to do now."""
    say = [Say("utter_emergency_line"), CLICKED if has_clicked else Say("utter_not_paid_yet")]
    buttons = [CALL_165, CALL_110, *OTHER_LOSSES.values()]
    return Reply(say, buttons, {"kind": "emergency", "lost": None}, urgent=True)


def _issuer_line(issuer: str | None) -> Say:
    if issuer is None:
        return Say("utter_issuer_unknown")
    if issuer in LOCK_PAGES:
        return Say(f"utter_issuer_page_{issuer.lower()}")
    return Say("utter_issuer_page", {"issuer": issuer})
