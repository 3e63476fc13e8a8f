"""信访台: a petition office's desk on one PC, without a network."""

__version__ = "0.1.0"
