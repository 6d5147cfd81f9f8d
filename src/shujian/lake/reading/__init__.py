"""From a file of any usual kind to text columns with exact line numbers."""
