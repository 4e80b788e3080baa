"""The order of the whole suite: the rooms' own tests first, then the scenes in a browser.

The browser's driver keeps an event loop in the main thread for as long as it is open, beside which no other can run.
"""


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: "end_to_end" in item.path.parts)
