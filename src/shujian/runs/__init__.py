"""Runs: one execution of a model on a pinned lake, stored with its hits, clues and audit in one commit."""
