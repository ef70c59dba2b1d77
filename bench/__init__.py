"""Benchmarks: run by `lianfang bench NAME`, each prints its own table."""
