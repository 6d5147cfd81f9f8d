"""The command line: thin, lazy. Each command calls one room and prints what came back."""
