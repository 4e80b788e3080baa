"""The queue: its order, its waits, opening hours, promises and rules. Imports only `conversation` and `wire`; pure."""
