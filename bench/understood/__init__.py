"""What `bench/nlu.py` measures, one subject a file."""
