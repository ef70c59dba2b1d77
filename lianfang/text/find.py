"""Everything in a text that can be looked up or written into a case, each with its place in the original."""

from dataclasses import dataclass

from lianfang.text.accounts import find_accounts, find_banks
from lianfang.text.amounts import find_amounts
from lianfang.text.handles import find_handles, find_links
from lianfang.text.labels import LabelMap
from lianfang.text.phones import find_phones
from lianfang.text.reading import Reading, Span
from lianfang.text.redact import MARK
from lianfang.text.references import find_case_ids, find_phrases, find_tokens
from lianfang.text.urls import find_urls


@dataclass(frozen=True)
class Found:
    """`original[start:end] == text`, verbatim; `value` is the normalised form to look up or store."""

    kind: str
    text: str
    value: str
    start: int
    end: int


def find_all(text: str) -> list[Found]:
    """All findings in order of place; only a LINE or Telegram link is found twice, as address and as id."""
    reading = Reading.of(text)
    for mark in MARK.finditer(reading.text):
        reading.take(*mark.span())
    urls = list(find_urls(reading))
    spans: list[Span] = [*urls, *find_links(urls)]
    labels = LabelMap(reading.text)
    spans.extend(find_case_ids(reading))
    spans.extend(find_handles(reading))
    spans.extend(find_phones(reading, labels))
    accounts = list(find_accounts(reading, labels))
    spans.extend(accounts)
    spans.extend(find_tokens(reading, labels))
    spans.extend(find_phrases(reading))
    spans.extend(find_amounts(reading))
    spans.extend(find_banks(reading, [span for span in accounts if span.kind == "account"]))
    return sorted((_found(reading, span) for span in spans), key=lambda found: (found.start, found.kind))


def _found(reading: Reading, span: Span) -> Found:
    start, end = reading.original_span(span.start, span.end)
    return Found(span.kind, reading.original[start:end], span.value, start, end)
