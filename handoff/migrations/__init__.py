"""The database's history: one file a step, forwards. Imports only `tables`."""
