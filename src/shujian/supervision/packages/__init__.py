"""Models on their way from one office to another: one signed file, read with suspicion."""
