"""Start Rasa as a boxed engine: `bot/.venv/bin/python -m bot.engine`, on loopback, with the desk's own token.

Rasa takes its API token on the command line only, where every user of the machine can read it in the list of
processes. Here it comes from the environment.
"""

from __future__ import annotations

import os
import sys
from typing import Any, Dict, List, Mapping
from urllib.parse import unquote, urlsplit

TRACKER_SCHEMA = "rasa"
REDIS_PORT = 6379
QUIET = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    # A message is a handful of small products: more threads only wait for each other, busily.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}


def arguments(environ: Mapping[str, str]) -> List[str]:
    """Give the words for `rasa run`; exits with a sentence when the token is missing."""
    token = environ.get("CORNERDESK_INNER_TOKEN")
    if not token:
        sys.exit("CORNERDESK_INNER_TOKEN is not set: the engine refuses to start without it. `make run` makes one.")
    return [
        "rasa",
        "run",
        "--enable-api",
        "--auth-token",
        token,
        "--interface",
        "127.0.0.1",
        "--port",
        environ.get("CORNERDESK_ENGINE_PORT", "5005"),
        "--model",
        environ.get("CORNERDESK_ENGINE_MODEL", "var/models"),
        "--endpoints",
        "bot/endpoints.scaled.yml" if shared(environ) else "bot/endpoints.yml",
        "--credentials",
        "bot/credentials.yml",
    ]


def shared(environ: Mapping[str, str]) -> Dict[str, str]:
    """Give where several engines keep trackers and locks, as variables for the endpoints; nothing for one engine.

    The same two settings that take the bridge off one machine.
    """
    try:
        database, redis = urlsplit(environ.get("DATABASE_URL", "")), urlsplit(environ.get("REDIS_URL", ""))
        port = redis.port or REDIS_PORT
    except ValueError as error:
        sys.exit(f"DATABASE_URL or REDIS_URL cannot be read ({error}): write them as postgresql://… and redis://…")
    if not database.scheme.startswith("postgres") or not redis.hostname:
        return {}
    return {
        "CORNERDESK_TRACKER_URL": database._replace(scheme="postgresql").geturl(),
        # The bridge has a table of the same name.
        "POSTGRESQL_SCHEMA": TRACKER_SCHEMA,
        "CORNERDESK_LOCKS_HOST": redis.hostname,
        "CORNERDESK_LOCKS_PORT": str(port),
        "CORNERDESK_LOCKS_DB": redis.path.strip("/") or "0",
        "CORNERDESK_LOCKS_PASSWORD": unquote(redis.password or ""),
    }


def make_schema(url: str) -> None:
    """Make room for Rasa's tables; engines that start at once wait for each other."""
    import psycopg2

    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (TRACKER_SCHEMA,))
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {TRACKER_SCHEMA}")
    connection.close()


def check_replies_quickly() -> None:
    """Have Rasa compile the schema of an action's reply once; it checks the schema itself anew at every reply.

    Measured: a quarter of the engine's time for a message. The replies are checked as before.
    """
    from jsonschema import Draft202012Validator
    from rasa.core.actions.action import RemoteAction

    validator = Draft202012Validator(RemoteAction.action_response_format_spec())

    def _validate_action_result(self: RemoteAction, result: Dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = _validate_action_result


def main() -> None:
    os.environ.update(QUIET)
    words = arguments(os.environ)
    os.environ.update(shared(os.environ))
    if "CORNERDESK_TRACKER_URL" in os.environ:
        make_schema(os.environ["CORNERDESK_TRACKER_URL"])
    from rasa.__main__ import main as rasa

    check_replies_quickly()
    sys.argv = words
    rasa()


if __name__ == "__main__":
    main()
