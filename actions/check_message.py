"""Is this message real? What was pasted or forwarded is checked; when only the question came, it is asked for."""

from actions.checking import check_text
from actions.content import has_content
from actions.goal import Field, Goal, Heard, Told, Values, first
from actions.outcome import Outcome
from actions.saying import asks_back
from actions.services import Services
from actions.turn import Turn
from lianfang.replies import CHECK_MESSAGE as CHECK_BUTTON
from lianfang.replies import FIND_HUMAN, HELP

ABOUT_IT = frozenset({"check_message", "ask_info"})  # a question about a message is not the message


def message_before(heard: Heard) -> Values:
    """The button below "I am not sure" means what was written before it."""
    return heard.about.get("before", ())


def find_message(heard: Heard) -> Values:
    """What was forwarded, or holds something to check."""
    is_message = heard.intent == "forward_message" or has_content(heard.text)
    return (heard.text,) if is_message else ()


def take_message(heard: Heard) -> Values:
    """Whatever comes after "please paste it", except a mere yes or the question once more."""
    is_question = heard.intent in ABOUT_IT and asks_back(heard.text)
    is_other = heard.intent == "affirm" or is_question
    return () if is_other and not has_content(heard.text) else (heard.text,)


PASTED = Field(
    "pasted",
    "utter_ask_message",
    given=message_before,
    find=find_message,
    take=take_message,
    buttons=(FIND_HUMAN,),
    takes_pasted=True,
)


async def _check(services: Services, turn: Turn, told: Told) -> Outcome:
    return await check_text(services, turn, first(told, "pasted") or turn.text)


CHECK_MESSAGE, FORWARD_MESSAGE = (
    Goal(
        name,
        _check,
        fields=(PASTED,),
        not_done="utter_form_stopped",
        left=(CHECK_BUTTON, HELP),
        loss_first=False,
    )
    for name in ("check_message", "forward_message")
)
