"""The actions room: what the assistant does in a turn. Imports nothing of ours but the two `wire` rooms."""
