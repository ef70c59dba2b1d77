"""The allow-list of what a tap may mean: a goal of the core and the parameters it may carry."""

GOALS: dict[str, frozenset[str]] = {
    "affirm": frozenset(),
    "already_scammed": frozenset({"lost"}),
    "appeal_block": frozenset(),
    "ask_info": frozenset({"question"}),
    "bind_merchant": frozenset(),
    "cancel": frozenset(),
    "case_status": frozenset(),
    "change_language": frozenset({"chosen_lang"}),
    "check_message": frozenset(),
    "confirm": frozenset({"seal"}),
    "contact_by_code": frozenset(),
    "correct": frozenset({"seal"}),
    "create_hidden_code": frozenset(),
    "delete_my_data": frozenset(),
    "deny": frozenset(),
    "help": frozenset(),
    "lock_card": frozenset(),
    "query_payment": frozenset(),
    "refund_card": frozenset(),
    "report_account": frozenset(),
    "report_message": frozenset({"check"}),
    "report_site": frozenset({"check", "found", "run"}),
    "skip": frozenset({"field"}),
    "talk_to_human": frozenset(),
    "tell_app": frozenset({"check", "app"}),
    "tell_last3": frozenset({"check"}),
    "tell_sender": frozenset({"check"}),
    "unlock_card": frozenset(),
}

# A yes to a card is good for ten minutes (design rule 3), other buttons for a day.
CONFIRMING = frozenset({"confirm"})
