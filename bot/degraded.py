"""The answer when the core is away: the message is still checked, limited mode is stated, 165 is offered."""

from bot.messages import Reply
from bot.speech import Speech
from lianfang.verdicts import verdict_reply
from services.registry.client import RegistryClient


async def answer_without_core(
    registry: RegistryClient, speech: Speech, *, text: str | None, person: str, event: str
) -> list[Reply]:
    """A verdict on typed text, or the bare statement for a tap. Raises ServiceUnavailable."""
    limited = speech.line("utter_limited_mode")
    if text is None:
        return [Reply(limited)]
    verdict = await registry.check(text, via="forwarded", person=person, event=event)
    reply = speech.reply(verdict_reply(verdict).as_json())
    return [Reply(f"{limited}\n\n{reply.text}", card=reply.card, urgent=reply.urgent)]
