"""Choosing, adding and forgetting models."""
