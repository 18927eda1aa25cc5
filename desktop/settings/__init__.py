"""Every option, declared once, loaded and kept."""
