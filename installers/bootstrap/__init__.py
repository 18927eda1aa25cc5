"""From a fresh clone to a ready `.venv`; standard library only, since nothing else is there yet."""
