"""The adapter that makes the packaged model read what shoppers type: its data, its weights, the command that fits it.

README.md is its model card.
"""
