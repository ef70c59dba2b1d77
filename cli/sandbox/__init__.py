"""Issuers and stores that are played on this machine: real HTTP partners in a data folder of their own."""
