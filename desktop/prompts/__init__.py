"""From messages to the exact text a model reads: formats, sandboxed templates, what fits."""
