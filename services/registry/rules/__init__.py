"""The rules: each a function from message and facts to evidence; a new one is a function and a line of words.

Add it to `RULES` in the order its words should be told among equals, and write `reason.<code>` in domain.yml.
"""

from collections.abc import Callable, Iterable

from services.registry.evidence import Evidence, Severity
from services.registry.facts import Facts
from services.registry.reading import Message
from services.registry.rules.addresses import (
    bare_ip_link,
    foreign_address,
    hidden_target,
    look_alike,
    official_site,
    own_address,
    personal_line_id,
)
from services.registry.rules.announced import announced
from services.registry.rules.asks import asks_for_code, asks_through_link
from services.registry.rules.lists import listed, not_listed
from services.registry.rules.lures import (
    attachment,
    cancel_at_atm,
    easy_money,
    ghost_parcel,
    loan_without_check,
    numbered_host,
    office_account,
    overseas_job,
    points_by_link,
    private_donation,
    remote_control,
    secret_investigation,
    sticker_link,
    sure_profit,
    wants_secrets,
)
from services.registry.rules.marks import government_marks, marks_in_words, unclear_sender
from services.registry.rules.organisations import (
    etc_without_plate,
    misspelt_name,
    utility_link,
    vehicle_link,
)
from services.registry.rules.senders import (
    foreign_sender,
    free_mailbox,
    impossible_sender,
    latin_sender,
    not_from_111,
    own_code,
    wrong_app,
)
from services.registry.rules.spoilers import police_words, spoilers

VERSION = "4"
Rule = Callable[[Message, Facts], Iterable[Evidence]]

RULES: tuple[Rule, ...] = (
    announced,
    listed,
    foreign_address,
    look_alike,
    utility_link,
    vehicle_link,
    impossible_sender,
    government_marks,
    marks_in_words,
    police_words,
    asks_for_code,
    wants_secrets,
    asks_through_link,
    secret_investigation,
    office_account,
    private_donation,
    loan_without_check,
    sure_profit,
    overseas_job,
    easy_money,
    ghost_parcel,
    attachment,
    remote_control,
    cancel_at_atm,
    sticker_link,
    numbered_host,
    points_by_link,
    foreign_sender,
    free_mailbox,
    wrong_app,
    personal_line_id,
    etc_without_plate,
    misspelt_name,
    bare_ip_link,
    latin_sender,
    not_from_111,
    unclear_sender,
    hidden_target,
    own_code,
    own_address,
    official_site,
    not_listed,
)


def judge(message: Message, facts: Facts) -> list[Evidence]:
    """Everything the rules see, in their order; never nothing."""
    signs = [sign for rule in RULES for sign in rule(message, facts)]
    if message.sender.digits == "111" or any(sign.severity is Severity.MATCHES for sign in signs):
        signs += spoilers(message, facts)
    return signs or [Evidence("no_known_sign", Severity.NOTE)]
