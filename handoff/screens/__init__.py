"""What a browser is shown: the demo shop, the files of widget, console and content desk. Imports only `urls`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from handoff.screens.assets import Folder
from handoff.screens.catalogue import Catalogue
from handoff.screens.pack import PackedFolder
from handoff.screens.storefront import Storefront

ROOM = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Screens:
    """All screens of one desk; files are read when they are first asked for.

    `pages` is the content team's folder, `shop_name` what the demo shop calls itself.
    """

    pages: Path
    shop_name: str
    widget: Folder = field(default_factory=lambda: PackedFolder(ROOM / "widget", "cornerdesk.js"))
    console: Folder = field(default_factory=lambda: Folder(ROOM / "console"))
    shop: Folder = field(default_factory=lambda: Folder(ROOM / "shop"))

    def __post_init__(self) -> None:
        object.__setattr__(self, "pages", Path(self.pages))

    def storefront(self) -> Storefront:
        """The demo shop as its pages are at this moment."""
        return Storefront(Catalogue(self.pages), self.shop_name, ROOM / "shop")


__all__ = ["Catalogue", "Folder", "PackedFolder", "Screens", "Storefront"]
