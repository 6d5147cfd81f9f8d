"""Full-text search over the lake: two-character terms with places, rights inside the query, no number in the index."""
