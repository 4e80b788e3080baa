"""The knowledge room: the shop's pages, made into passages that can be found."""
