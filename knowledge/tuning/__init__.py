"""The packaged model's adapter: its data, its weights, the command that fits it. Imports `index` and below.

README.md is its model card.
"""
