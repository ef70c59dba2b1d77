"""Rasa as it comes: its default pipeline and its own REST channel over our domain, rules and actions."""
