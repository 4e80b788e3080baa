"""The actions room: what the assistant does in a turn (answer, ask back, own up, hand off)."""
