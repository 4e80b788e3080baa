"""The bridge's addresses: HTTP and WebSocket in, the desk's verbs out."""
