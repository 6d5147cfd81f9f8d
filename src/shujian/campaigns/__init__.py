"""专题监督: models, a period, units and targets; progress counted from clue states; a closure report."""
