"""From text columns to typed, normalised columns: one module per family of semantic types."""
