"""Fireside: a private chat program for an ordinary laptop."""

__version__ = "0.1.0"
