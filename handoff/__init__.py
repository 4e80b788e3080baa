"""The handoff room: the public bridge that owns every conversation, and the people's queue."""
