"""Log-in accounts of those who work here: invitations, passwords and authenticators, sessions, refusals."""
