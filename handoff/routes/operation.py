"""For whoever runs the desk: health and metrics."""

from __future__ import annotations

import hmac
from ipaddress import ip_address
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from handoff.errors import Unauthorized
from handoff.routes.context import ContextNow
from handoff.wire import DeskHealth

router = APIRouter(tags=["operation"])


@router.get("/healthz")
async def healthz(context: ContextNow, response: Response) -> DeskHealth:
    """The bridge's own state and that of the processes behind it; 503 when nothing can be stored."""
    health = await context.health.look()
    response.status_code = 503 if health.status == "down" else 200
    return health


@router.get("/metrics", include_in_schema=False)
async def metrics(
    request: Request, context: ContextNow, authorization: Annotated[str | None, Header()] = None
) -> Response:
    """For Prometheus: on loopback, or with the inner token."""
    expected = f"Bearer {context.settings.inner_token.get_secret_value()}".encode()
    if not (_is_local(request) or hmac.compare_digest((authorization or "").encode(), expected)):
        raise Unauthorized("Metrics are for this machine, or with the inner token as `Authorization: Bearer`.")
    return Response(context.metrics.text(), media_type=CONTENT_TYPE_LATEST)


def _is_local(request: Request) -> bool:
    """Whether this machine asks. What a proxy passes on was asked by somebody else."""
    if request.client is None or "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False
