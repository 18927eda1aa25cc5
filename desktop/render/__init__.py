"""Markdown as it grows, turned into blocks that a window can show; no Qt."""
