"""Races of permission against lock, and how fast both are decided: what `bench/locks.py` runs."""
