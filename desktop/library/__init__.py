"""Model files: what they are, which are installed, and whether they fit this computer."""
