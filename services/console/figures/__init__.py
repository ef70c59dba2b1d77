"""Figures for officers: counted a day at a time by a job, so that a page reads some hundred rows."""
