# ruff: noqa: N818 - the names are the refusals themselves; "Error" would add nothing.
"""What can go wrong at the desk: one root, a stable code, and a sentence with the remedy.

`routes/refusals.py` is the one place where these become HTTP answers and WebSocket frames.
"""

from __future__ import annotations


class DeskError(Exception):
    """The root of everything the bridge refuses. `field` names the part of the request that was wrong."""

    code = "desk_error"
    status = 500

    def __init__(self, message: str, *, field: str | None = None, retry_after_s: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.retry_after_s = retry_after_s


class BadRequest(DeskError):
    code = "bad_request"
    status = 400


class InvalidField(DeskError):
    code = "invalid_field"
    status = 422


class Unauthorized(DeskError):
    code = "unauthorized"
    status = 401


class Forbidden(DeskError):
    code = "forbidden"
    status = 403


class CsrfMissing(DeskError):
    code = "csrf"
    status = 403


class NotFound(DeskError):
    code = "not_found"
    status = 404


class AlreadyClaimed(DeskError):
    code = "already_claimed"
    status = 409


class NotYours(DeskError):
    code = "not_yours"
    status = 409


class WrongState(DeskError):
    code = "wrong_state"
    status = 409


class Stale(DeskError):
    """Somebody else changed the conversation between reading and writing; nothing was written."""

    code = "changed_meanwhile"
    status = 409


class PayloadTooLarge(DeskError):
    code = "payload_too_large"
    status = 413


class RateLimited(DeskError):
    code = "rate_limited"
    status = 429


class StorageUnavailable(DeskError):
    code = "storage_unavailable"
    status = 503


class KnowledgeUnavailable(DeskError):
    code = "knowledge_unavailable"
    status = 503


class MailUnavailable(DeskError):
    code = "mail_unavailable"
    status = 503


class EngineFailure(DeskError):
    """The engine was down, slow or said something that is no reply. Never shown to a shopper as it is."""

    code = "engine_failure"
    status = 502


class SettingsError(DeskError):
    """A setting is missing or cannot be used; the bridge does not start."""

    code = "settings"
