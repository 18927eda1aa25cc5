"""Engines turn a request into a stream of events."""
