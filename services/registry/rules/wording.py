"""What the text model sees: a message that reads like known fraud, and the lure it reads like."""

import re
from collections.abc import Iterator, Sequence

from services.registry.evidence import Evidence, Severity
from services.registry.reading import Message
from services.registry.wording.features import build, masked
from services.registry.wording.model import TextModel

# A few words around an address or an id are a question about it, not a message.
_CHINESE = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[a-z]")
FEWEST_CHARACTERS = 8
LATIN_FOR_ONE = 3  # letters that say about as much as one Chinese character

# Which lure is named: the first whose cues are all in the message. The words are `reason.wording_<lure>`.
LURES: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (lure, frozenset(cues.split()))
    for lure, cues in (
        ("extortion", "exposure"),
        ("police", "law secrecy"),
        ("police", "law transfer"),
        ("police", "identity_misused"),
        ("recovery", "recovery"),
        ("code", "hand_over one_time_code"),
        ("gift_cards", "gift_cards buy_for_me"),
        ("seller", "seller_trouble second_hand"),
        ("instalment", "instalment"),
        ("account_rent", "account_for_rent"),
        ("parcel", "parcel_trouble"),
        ("ghost_parcel", "ghost_parcel"),
        ("stock", "stock_tip"),
        ("loan", "loan_offer"),
        ("job", "easy_job"),
        ("fee_first", "withdrawal"),
        ("crypto", "crypto"),
        ("emergency", "tragedy borrow"),
        ("emergency", "tragedy transfer"),
        ("guess_who", "guess_who"),
        ("stranger", "stranger_hello"),
        ("romance", "sweet"),
        ("romance", "abroad"),
        ("gift_cards", "gift_cards"),
        ("vote", "votes"),
        ("boss", "boss transfer"),
        ("borrow", "borrow"),
        ("handout", "handout claim_now"),
        ("handout", "handout tap"),
        ("prize", "prize"),
        ("points", "points deadline"),
        ("debt", "debt"),
        ("account", "account_trouble"),
        ("account", "verify"),
        ("details", "hand_over"),
        ("charity", "charity"),
        ("fortune", "fortune"),
        ("install", "install tap"),
        ("move_chat", "move_chat"),
        ("transfer", "transfer"),
    )
)


def wording(message: Message, signs: Sequence[Evidence], model: TextModel) -> Iterator[Evidence]:
    """One strong sign when the model is sure enough; it can raise `suspicious` and nothing else."""
    if _characters(message.message) < FEWEST_CHARACTERS:
        return
    fraud = model.probability(model.worst(masked(message)), build(message, signs))
    if fraud < model.threshold:
        return
    lure = next((lure for lure, cues in LURES if cues <= message.cues), None)
    yield Evidence(f"wording_{lure}" if lure else "wording", Severity.STRONG, {}, model.version)


def _characters(plain: str) -> float:
    return len(_CHINESE.findall(plain)) + len(_LATIN.findall(plain)) / LATIN_FOR_ONE
