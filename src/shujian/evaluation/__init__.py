"""How right it is: every matcher and reader measured against truth, beside a named baseline (``shujian evaluate``)."""
