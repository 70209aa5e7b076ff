"""Numbers for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

registry = CollectorRegistry()
_seconds = Histogram(
    "nok_request_seconds",
    "Time to the end of the view, by endpoint.",
    ["endpoint", "method"],
    registry=registry,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
_requests = Counter("nok_requests_total", "Answers, by endpoint and status.", ["endpoint", "status"], registry=registry)
open_streams = Gauge("nok_open_streams", "Live streams open in this process.", registry=registry)


def observe_request(endpoint: str, method: str, status: int, seconds: float) -> None:
    """Count one answer."""
    _seconds.labels(endpoint, method if method in {"GET", "HEAD", "POST"} else "other").observe(seconds)
    _requests.labels(endpoint, str(status)).inc()


def text() -> bytes:
    """Return everything in Prometheus' text format."""
    return generate_latest(registry)
