"""The action server: one module for each user goal; slots in, keys and parameters out; no SQL, no words."""
