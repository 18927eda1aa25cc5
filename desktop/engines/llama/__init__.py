"""What runs in the engine process only: llama.cpp, and nothing of the window."""
