"""The queue: its order, waits, opening hours, promises and rules; pure. Imports `conversation`, `wire`, `sentences`."""
