"""The model language: a supervision model is a file with proofs beside it; here it is checked, compiled, run, explained.

Knows no Django. Reads the lake through its doors; proposes hits, decides nothing.
"""
