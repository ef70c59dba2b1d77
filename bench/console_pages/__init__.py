"""A console with as many cases as wanted, for measuring its pages."""
