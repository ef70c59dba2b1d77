"""What the gateway counts, in Prometheus' terms; labels are channels and outcomes, never people or text."""

from prometheus_client import Counter, Gauge, Histogram

EVENTS = Counter("lianfang_events_total", "Events stored in the inbox", ["channel"])
UNKNOWN_EVENTS = Counter(
    "lianfang_unknown_events_total", "Events of a kind we do not know, ignored", ["channel"]
)
REFUSED_WEBHOOKS = Counter("lianfang_refused_webhooks_total", "Webhooks refused", ["channel", "reason"])
TURNS = Counter("lianfang_turns_total", "Events dealt with", ["channel", "outcome"])
TURN_SECONDS = Histogram("lianfang_turn_seconds", "From claim to the last reply sent")
REPEATED_SENDS = Counter("lianfang_repeated_sends_total", "Sends that may have arrived twice", ["channel"])
NOTICES = Counter("lianfang_notices_total", "Notices dealt with", ["outcome"])
BACKLOG = Gauge("lianfang_inbox_rows", "Rows in the inbox by state", ["state"])
