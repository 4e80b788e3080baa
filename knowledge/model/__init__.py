"""The sentence model: texts to vectors. Imports only `errors`."""
