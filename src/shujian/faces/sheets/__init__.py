"""Clue lists as files. Cells are text, and none can start a formula."""
