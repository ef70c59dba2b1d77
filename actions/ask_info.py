"""How does it work, what is it: a checked answer with its source and date, or honestly none."""

from actions.answering import Answering
from actions.clicked import CLICKED, tells_of_click
from actions.doubt import WHEN_IN_DOUBT, is_long, is_risky
from actions.info import (
    BY_CODE,
    OFTEN_ASKED,
    find_info,
    info_lines,
    info_reply,
    likely_infos,
    offer,
    tells_of_somebody,
)
from actions.info_row import Info
from actions.outcome import GoesOn, Outcome
from actions.saying import asks_back
from actions.turn import Turn
from lianfang.replies import ALREADY_SCAMMED, CALL_110, CALL_165, CHECK_MESSAGE, Reply, Say, says

IN_DOUBT = (CHECK_MESSAGE, ALREADY_SCAMMED, CALL_165, CALL_110)


class ActionAskInfo(Answering):
    """A goal that is open goes on afterwards."""

    NAME = "action_ask_info"
    loss_comes_first = True

    async def answer(self, turn: Turn) -> Outcome:
        info = BY_CODE.get(turn.entity("question") or "") if turn.is_tap else find_info(turn.text)
        if info and (turn.is_tap or asks_back(turn.text)):
            return Outcome(info_reply(info, "" if turn.is_tap else turn.text), goes_on=GoesOn.ALWAYS)
        if turn.is_tap:
            often = offer(BY_CODE[code] for code in OFTEN_ASKED)
            return Outcome(says("utter_info_menu", buttons=often), goes_on=GoesOn.ALWAYS)
        if tells_of_click(turn.text):
            return Outcome(Reply([CLICKED], IN_DOUBT))
        if is_long(turn.text) and is_risky(turn.text) and not _is_general(turn.text):
            return Outcome(Reply([WHEN_IN_DOUBT, *_as_far_as_known(info)], IN_DOUBT))
        if info:
            return Outcome(info_reply(info, "" if turn.is_tap else turn.text), goes_on=GoesOn.ALWAYS)
        near = offer(likely_infos(turn.text))
        return Outcome(says("utter_info_unknown", buttons=[*near, CALL_165]), goes_on=GoesOn.ALWAYS)


def _is_general(text: str) -> bool:
    """A question; otherwise it may be something that happens to somebody now."""
    return asks_back(text) and not tells_of_somebody(text)


def _as_far_as_known(info: Info | None) -> list[Say]:
    return info_lines(info) if info else [Say("utter_info_unknown")]
