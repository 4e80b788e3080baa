"""The store is the truth; all SQL is here. Imports `queue`, `conversation`, `wire`, `tables` and what it counts for."""

from handoff.store.audit import AuditLog
from handoff.store.bridges import Bridges
from handoff.store.canned import CannedTexts
from handoff.store.chats import Chats
from handoff.store.confirmations import Confirmations
from handoff.store.database import Database
from handoff.store.erasure import Erasures
from handoff.store.figures import FigureCounts
from handoff.store.open_questions import OpenQuestions
from handoff.store.outbox import Outbox
from handoff.store.people import People
from handoff.store.rows import (
    Agent,
    AuditAction,
    AuditEntry,
    BotTurn,
    Confirmation,
    Outgoing,
    StoredEvent,
    StoredNote,
    StoredTurn,
    TurnOutcome,
)
from handoff.store.rules import ChangedRules
from handoff.store.turn_reports import TurnReports
from handoff.store.viewers import Viewings

__all__ = [
    "Agent",
    "AuditAction",
    "AuditEntry",
    "BotTurn",
    "Chats",
    "Confirmation",
    "Database",
    "Outgoing",
    "People",
    "Store",
    "StoredEvent",
    "StoredNote",
    "StoredTurn",
    "TurnOutcome",
]


class Store:
    """One database: a repository a topic, each with methods named for what the desk does."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.chats = Chats(database)
        self.bridges = Bridges(database)
        self.people = People(database)
        self.audit = AuditLog(database)
        self.rules = ChangedRules(database)
        self.outbox = Outbox(database)
        self.erasure = Erasures(database)
        self.viewers = Viewings(database)
        self.canned = CannedTexts(database)
        self.figures = FigureCounts(database)
        self.open_questions = OpenQuestions(database)
        self.turn_reports = TurnReports(database)
        self.confirmations = Confirmations(database)
