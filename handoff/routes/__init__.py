"""The bridge's addresses: HTTP and WebSocket in, verbs out. Imports every other room."""
