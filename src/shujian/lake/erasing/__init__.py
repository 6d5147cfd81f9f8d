"""Taking rows away for good: found, rewritten, forgotten by every store, put on a destruction record."""
