"""Who may see and do what, by role: what a route asks for, so that none decides by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Annotated

from fastapi import Depends

from handoff.desk.agent import LEADS
from handoff.errors import Forbidden
from handoff.routes.context import Reader, Writer
from handoff.store import Agent

ADMINS = ("admin",)
EDITORS = ("content", "lead", "admin")


def _reads(roles: Collection[str], refusal: str) -> Callable[[Reader], Agent]:
    def check(session: Reader) -> Agent:
        return _with_role(session.agent, roles, refusal)

    return check


def _writes(roles: Collection[str], refusal: str) -> Callable[[Writer], Agent]:
    def check(agent: Writer) -> Agent:
        return _with_role(agent, roles, refusal)

    return check


def _with_role(agent: Agent, roles: Collection[str], refusal: str) -> Agent:
    if agent.role not in roles:
        raise Forbidden(refusal)
    return agent


_LEADS_SEE, _LEADS_DO = "Only leads and admins may see this.", "Only leads and admins may do this."
_ADMINS_SEE, _ADMINS_DO = "Only admins may see this.", "Only admins may do this."
_EDITORS = "The content desk is for the roles content, lead and admin."

LeadReader = Annotated[Agent, Depends(_reads(LEADS, _LEADS_SEE))]
AdminReader = Annotated[Agent, Depends(_reads(ADMINS, _ADMINS_SEE))]
ContentReader = Annotated[Agent, Depends(_reads(EDITORS, _EDITORS))]
Lead = Annotated[Agent, Depends(_writes(LEADS, _LEADS_DO))]
Admin = Annotated[Agent, Depends(_writes(ADMINS, _ADMINS_DO))]
Editor = Annotated[Agent, Depends(_writes(EDITORS, _EDITORS))]
