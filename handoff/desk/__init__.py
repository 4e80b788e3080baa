"""The desk's verbs, one transaction each. Imports `outbox`, `store`, `queue`, `conversation`, `wire` and `turns`.

Every verb is one transaction; what it changed is announced after the commit, in `verbs.py` and nowhere else.
"""

from handoff.desk.agent import AgentVerbs
from handoff.desk.rules import RulesVerbs
from handoff.desk.shopper import ShopperVerbs
from handoff.desk.staff import StaffVerbs


class Desk(ShopperVerbs, AgentVerbs, StaffVerbs, RulesVerbs):
    """All verbs of one desk."""


__all__ = ["Desk"]
