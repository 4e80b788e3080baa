"""What the bridge counts, for Prometheus. One instance a process, made by the app."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

TURN_BUCKETS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
WAIT_BUCKETS_S = (10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200)


class Metrics:
    """Counters, gauges and histograms in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        r = self.registry
        self.messages = Counter("cornerdesk_messages", "Messages stored, by who wrote them", ["sender"], registry=r)
        self.turns = Counter("cornerdesk_turns", "Bot turns, by how they ended", ["outcome"], registry=r)
        self.engine_s = Histogram(
            "cornerdesk_engine_seconds", "Time the engine took for a turn", registry=r, buckets=TURN_BUCKETS_S
        )
        self.handoffs = Counter("cornerdesk_handoffs", "Conversations put in the queue", ["reason"], registry=r)
        self.waits_s = Histogram(
            "cornerdesk_wait_seconds", "Time from hand-off to claim", registry=r, buckets=WAIT_BUCKETS_S
        )
        self.queue_depth = Gauge("cornerdesk_queue_depth", "Conversations waiting for a person", registry=r)
        self.queue_age_s = Gauge("cornerdesk_queue_age_seconds", "How long the oldest has waited", registry=r)
        self.sockets = Gauge("cornerdesk_sockets", "Open WebSockets", ["kind"], registry=r)
        self.resumes = Counter("cornerdesk_resumes", "Sockets that came back for missed events", registry=r)
        self.slow_readers = Counter("cornerdesk_slow_readers", "Sockets closed for reading too slowly", registry=r)
        self.requeued = Counter("cornerdesk_requeued", "Conversations of agents who left, put back", registry=r)
        self.warnings = Counter(
            "cornerdesk_service_warnings", "Promises about time that came near breaking", ["promise"], registry=r
        )
        self.deliveries = Counter(
            "cornerdesk_deliveries", "Webhooks and letters, by how it went", ["channel", "outcome"], registry=r
        )
        self.closed_idle = Counter("cornerdesk_closed_idle", "Conversations closed for silence", registry=r)
        self.hub_lost = Counter("cornerdesk_hub_lost", "Times that other bridges could not be told", registry=r)
        self.errors = Counter("cornerdesk_errors", "Refusals and failures, by code", ["code"], registry=r)

    def text(self) -> bytes:
        """All of them, as Prometheus reads them."""
        return generate_latest(self.registry)
