"""This computer: paths, atomic files, child processes, hardware, logs."""
