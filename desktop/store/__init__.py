"""Chats on disk: one SQLite file, its search index, its backups and its rescue."""
