"""Persons: who is the same person, and what people have judged about it."""
