"""The joint-defence lock platform: cards by their issuers' reports, locks by people's requests, never both at once."""
