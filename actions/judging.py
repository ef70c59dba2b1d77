"""Whatever a person asks for, an address, number or account in his own words is judged too."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from actions.checking import check_text
from actions.content import has_checkable
from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.replies import CALL_165, Json

# The goal's own answer follows the verdict in the same reply.
VERDICT_FIRST = frozenset({"report_site", "report_message", "report_account"})
# Here a number or address is a detail of the wish; every other goal is answered by the verdict alone.
NOT_JUDGED = frozenset(
    {
        "already_scammed", "lock_card", "unlock_card", "refund_card", "change_language", "delete_my_data",
        "confirm_delete", "query_payment", "appeal_block", "case_status", "create_hidden_code", "contact_by_code",
        "bind_merchant", "tell_sender", "tell_last3", "tell_app",
    }
)  # fmt: skip


async def judge(services: Services, turn: Turn, answer: Callable[[Turn], Awaitable[Outcome]]) -> Outcome:
    """The goal's answer, with or replaced by the verdict where the table says so."""
    if turn.is_tap or turn.form or turn.intent in NOT_JUDGED or not has_checkable(turn.text):
        return await answer(turn)
    verdict = await check_text(services, turn, turn.text)
    if turn.intent not in VERDICT_FIRST:
        return verdict
    return _one_reply(verdict, await answer(turn))


def _one_reply(verdict: Outcome, own: Outcome) -> Outcome:
    """The verdict's reply with the goal's sentences below; its button for reporting would only say them again."""
    if verdict.reply is None or own.reply is None:
        return verdict
    buttons: list[Json] = [
        button for button in verdict.reply.buttons if button.get("goal") not in VERDICT_FIRST
    ]
    if not any(button.get("tel") == "165" for button in buttons):
        buttons.append(CALL_165)
    both = replace(verdict.reply, say=[*verdict.reply.say, *own.reply.say], buttons=buttons)
    return replace(verdict, reply=both)
