"""The desk: what shoppers, agents and the assistant can do in a conversation, each as one verb.

Every verb is one transaction; what it changed is announced after the commit, in `verbs.py` and nowhere else.
"""

from handoff.desk.agent import AgentVerbs
from handoff.desk.shopper import ShopperVerbs


class Desk(ShopperVerbs, AgentVerbs):
    """All verbs of one desk."""


__all__ = ["Desk"]
