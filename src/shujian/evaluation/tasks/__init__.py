"""One module a subject; each holds ``TASKS``."""
