"""`python -m actions.server`: rasa-sdk's own server with our acts, open only to who brings the shared token."""

from __future__ import annotations

import hmac
import logging
import sys
from typing import Any

from actions.acts import ACTS
from actions.assistant import Assistant
from actions.settings import Settings, SettingsError, read_settings

OPEN_PATHS = frozenset({"/healthz"})
logger = logging.getLogger(__name__)


def create_app(settings: Settings) -> Any:
    """The action server: rasa-sdk's Sanic app, a health check, and the token's guard before everything else."""
    from rasa_sdk.endpoint import create_app as create_sdk_app
    from rasa_sdk.executor import ActionExecutor
    from sanic import response

    executor = ActionExecutor()
    assistant = Assistant(
        settings.shop_name,
        settings.policy,
        language=settings.pages_language,
        emergency=settings.emergency,
        helpline=settings.helpline,
    )
    for act in ACTS:
        executor.register_action(act(assistant))
    app = create_sdk_app(executor, cors_origins=[])

    @app.get("/healthz")  # type: ignore[untyped-decorator]
    async def healthz(_request: Any) -> Any:
        return response.json({"status": "ok", "actions": len(ACTS)})

    @app.on_request  # type: ignore[untyped-decorator]
    async def guard(request: Any) -> Any:
        if request.path in OPEN_PATHS or admits(request.headers.get("authorization", ""), settings):
            return None
        error = {"code": "unauthorized", "message": "Send the shared token as Authorization: Bearer …"}
        return response.json({"error": error}, status=401)

    return app


def admits(authorization: str, settings: Settings) -> bool:
    """Whether the caller brought the token; compared in constant time."""
    expected = f"Bearer {settings.inner_token.get_secret_value()}"
    return hmac.compare_digest(authorization.encode("utf-8", "replace"), expected.encode())


def main() -> int:
    """Serves until stopped; exit code 1 and one sentence when a setting is missing or the port is taken."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    try:
        settings = read_settings()
        app = create_app(settings)
        app.run(host=settings.actions_host, port=settings.actions_port, single_process=True, motd=False)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Port {settings.actions_port} cannot be used ({error}): set CORNERDESK_ACTIONS_PORT.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
