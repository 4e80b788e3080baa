"""The store is the truth. All SQL is in this package; everything else speaks to it in the shop's words."""

from handoff.store.canned import CannedTexts
from handoff.store.chats import Chats
from handoff.store.database import Database
from handoff.store.figures import FigureCounts
from handoff.store.office import Office
from handoff.store.open_questions import OpenQuestions
from handoff.store.people import People
from handoff.store.rows import Agent, Conversation, Deed, Outgoing, Report, StoredEvent, StoredNote, Turn
from handoff.store.turn_reports import TurnReports
from handoff.store.unit_of_work import Staffing

__all__ = [
    "Agent",
    "Chats",
    "Conversation",
    "Database",
    "Deed",
    "Office",
    "Outgoing",
    "People",
    "Report",
    "Staffing",
    "Store",
    "StoredEvent",
    "StoredNote",
    "Turn",
]


class Store:
    """One database: its conversations, its people and its papers."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.chats = Chats(database)
        self.people = People(database)
        self.office = Office(database)
        self.canned = CannedTexts(database)
        self.figures = FigureCounts(database)
        self.open_questions = OpenQuestions(database)
        self.turn_reports = TurnReports(database)
