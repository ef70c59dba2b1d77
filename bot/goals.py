"""The allow-list of what a tap may mean: a goal of the core and the parameters it may carry."""

GOALS: dict[str, frozenset[str]] = {
    "affirm": frozenset(),
    "already_scammed": frozenset({"lost"}),
    "cancel": frozenset(),
    "change_language": frozenset({"chosen_lang"}),
    "check_message": frozenset(),
    "confirm_delete": frozenset(),
    "delete_my_data": frozenset(),
    "deny": frozenset(),
    "help": frozenset(),
    "lock_card": frozenset(),
    "report_message": frozenset({"check"}),
    "report_site": frozenset({"check"}),
    "talk_to_human": frozenset(),
    "tell_app": frozenset({"check", "app"}),
    "tell_last3": frozenset({"check"}),
    "tell_sender": frozenset({"check"}),
}
