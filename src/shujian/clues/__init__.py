"""Clues: what a machine found and a person looks at. Decides states and who may move them; accuses nobody."""
