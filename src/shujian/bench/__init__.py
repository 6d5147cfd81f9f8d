"""Every figure beside a named peer, measured in one run. A measure is one file in ``measures/``."""
