"""Who may enter and as what: agencies, units, people, roles. Decides sign-in and rights, reads no case."""
