"""Whole turns: what is said, by whom, and what a turn costs."""
