"""How the budgets of the design are measured: `python -m tests.benchmarks` prints the table."""
