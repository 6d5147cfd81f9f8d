"""Keyword screening: whole-buffer scans (``scan``), and hits paid once per data file (``store``)."""
