"""The adapter that makes the packaged model read what shoppers type: its data, its weights, the commands.

README.md is its model card.
"""
