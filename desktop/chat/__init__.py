"""What a person can do in a chat, without a window."""
