"""What was done, by whom, to what, and when: append-only, each entry sealed to the one before by SM3.

This room decides nothing and never changes an entry.
"""
