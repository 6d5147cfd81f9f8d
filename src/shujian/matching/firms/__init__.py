"""Whether two rows name one firm: a ladder from the credit code down to a person's own look (pure: Arrow and numpy)."""
