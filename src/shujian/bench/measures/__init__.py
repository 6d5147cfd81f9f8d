"""One file per family of measures; each holds ``MEASURES``, which ``registry`` gathers."""
