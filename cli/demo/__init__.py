"""A believable town for trying the console: people report, officers decide, cards are locked, through the services alone."""
