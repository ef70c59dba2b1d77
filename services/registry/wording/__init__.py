"""The text model: how much a message reads like known fraud, for what the rules cannot see."""
