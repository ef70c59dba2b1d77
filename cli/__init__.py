"""The command line: composes settings, processes and services; nothing imports it."""
