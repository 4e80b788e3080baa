"""Product facts: what product pages state, typed, with their source, and the questions that a table of them answers."""
