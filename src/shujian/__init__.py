"""Shujian (数检): big-data legal supervision for procuratorates."""

__version__ = "0.1.0"
