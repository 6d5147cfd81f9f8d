"""Invented persons whose truth is known, and lists that write them down with every kind of error."""
