"""What is measured, one module a measure: `.venv/bin/python -m benchmarks.NAME [--json]`."""
