"""The one place where errors become HTTP answers and WebSocket frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from handoff.errors import BadRequest, DeskError
from handoff.routes.context import context_of
from handoff.wire import ErrorAnswer, ErrorDetail

OWN_CODES = {"text_empty", "text_too_long", "invalid_field"}
INTERNAL = "Something went wrong here; it is in the log. Try again."
BY_STATUS = {404: "not_found", 405: "method_not_allowed", 413: "payload_too_large"}


def detail(error: DeskError) -> ErrorDetail:
    """The error as clients see it."""
    return ErrorDetail(code=error.code, message=error.message, field=error.field or None)


def from_validation(errors: Sequence[Any], *, tagged: bool = False) -> DeskError:
    """The first thing wrong with a request (or with a frame, whose path begins with its type), as one of ours."""
    first = errors[0]
    if first["type"] == "json_invalid":
        return BadRequest("This is not valid JSON.")
    path = [str(part) for part in first["loc"][1:]]
    if tagged:
        path = path or ["type"] if first["type"].startswith("union_tag") else path
    field = ".".join(path) or None
    error = DeskError(_sentence(first, field), field=field)
    error.code = first["type"] if first["type"] in OWN_CODES else "invalid_field"
    error.status = 422
    return error


def _sentence(first: Any, field: str | None) -> str:
    message: str = first["msg"]
    if first["type"] in OWN_CODES:
        return message
    if first["type"] == "extra_forbidden":
        return f"There is no field {field!r} here."
    return f"{field or 'The body'}: {message}."


def _answer(error: ErrorDetail, status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse(ErrorAnswer(error=error).model_dump(exclude_none=True), status, headers)


def install(app: FastAPI) -> None:
    """Translate every error that a handler may raise."""

    @app.exception_handler(DeskError)
    async def refuse(request: Request, error: DeskError) -> JSONResponse:
        context_of(request).metrics.errors.labels(error.code).inc()
        headers = {"Retry-After": str(error.retry_after_s)} if error.retry_after_s else None
        return _answer(detail(error), error.status, headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return await refuse(request, from_validation(error.errors()))

    @app.exception_handler(HTTPException)
    async def plain(request: Request, error: HTTPException) -> JSONResponse:
        code = BY_STATUS.get(error.status_code, "bad_request")
        return _answer(ErrorDetail(code=code, message=str(error.detail)), error.status_code, error.headers)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        return _answer(ErrorDetail(code="internal", message=INTERNAL), 500)
