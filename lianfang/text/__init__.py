"""One reader of people's text, pure and fast, for the dialogue core, the registry and the redaction alike."""
