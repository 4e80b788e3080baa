"""The bot room: Rasa's pipeline, training data, and the few graph components that join it to the rest.

It runs in the engine's environment (Python 3.10, Rasa 3.6) and imports nothing of ours.
"""
