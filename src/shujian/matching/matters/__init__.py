"""Whether two complaints tell of the same issue: the same place or body, the same matter, within some months."""
