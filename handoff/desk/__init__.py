"""The desk: what shoppers, agents and the assistant can do in a conversation, each as one verb.

Every verb is one transaction; what it changed is announced after the commit, in `verbs.py` and nowhere else.
"""

from handoff.desk.agent import AgentVerbs
from handoff.desk.rules import RulesVerbs
from handoff.desk.shopper import ShopperVerbs
from handoff.desk.staff import StaffVerbs


class Desk(ShopperVerbs, AgentVerbs, StaffVerbs, RulesVerbs):
    """All verbs of one desk."""


__all__ = ["Desk"]
