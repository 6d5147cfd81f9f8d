"""What every room stands on: errors, time, money, masking, SM3, ids, events. No Django, no DuckDB."""
