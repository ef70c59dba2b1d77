"""From the check service's response to a reply: verdict, why, on what it rests, what to do, buttons. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from lianfang.clock import TAIPEI
from lianfang.replies import ALREADY_SCAMMED, FIND_HUMAN, Json, Reply, Say, goal_button

MAX_REASONS = 4
MAX_ADVICE = 4
FEWEST_ASKERS = 3
COUNTED_FOR = timedelta(days=30)  # checks are forgotten then, and with them who asked
# What the headline of the verdict says already.
IN_THE_HEADLINE = {
    "fraud": frozenset({"do_not_tap", "do_not_pay"}),
    "suspicious": frozenset({"do_not_tap", "do_not_pay"}),
    "official": frozenset({"forgery_looks_same"}),
}
BAD = frozenset({"fraud", "suspicious"})

# Names people know; the codes of the check service are for programs.
APP_NAMES = {
    "sms": "SMS",
    "imessage": "iMessage",
    "rcs": "RCS",
    "line": "LINE",
    "telegram": "Telegram",
    "whatsapp": "WhatsApp",
    "email": "e-mail",
}
ASK_GOALS = {"sender": "tell_sender", "receiver_last3": "tell_last3", "app": "tell_app"}


def verdict_reply(check: Mapping[str, Any], before: str | None = None) -> Reply:
    """The reply for a check; `before` is the earlier verdict on the same message, if this one replaces it."""
    verdict = str(check["verdict"])
    say = [Say(f"utter_verdict_{verdict}")]
    if before:
        say.insert(0, Say("utter_verdict_same" if before == verdict else "utter_verdict_changed"))
    say += [_reason(reason) for reason in check["reasons"][:MAX_REASONS]]
    say.append(_basis(check))
    say += _askers(check)
    advice = [code for code in check["advice"] if code not in IN_THE_HEADLINE.get(verdict, ())]
    say += [_advice(code, check.get("organisation")) for code in advice[:MAX_ADVICE]]
    card = {"kind": "verdict", "verdict": verdict, "check": check["id"]}
    return Reply(say, _buttons(check), card, urgent=False)


def _reason(reason: Mapping[str, Any]) -> Say:
    params = dict(reason.get("params") or {})
    if "app" in params:
        params["app"] = APP_NAMES.get(str(params["app"]), params["app"])
    return Say(f"reason.{reason['code']}", params)


def _advice(code: str, organisation: Mapping[str, Any] | None) -> Say:
    """One line of advice; the organisation's own number stands in it when we have it confirmed."""
    phones = [phone["number"] for phone in (organisation or {}).get("phones", ()) if phone["confirmed"]]
    if code != "call_organisation" or organisation is None or not phones:
        return Say(f"advice.{code}")
    names = {"organisation": organisation["name_zh"], "organisation_en": organisation["name_en"]}
    return Say("advice.call_number", {**names, "number": phones[0]})


def _basis(check: Mapping[str, Any]) -> Say:
    """Who judged, and the date of the data behind the strongest reason; without dated data, when it was judged."""
    officers = check["judged_by"] == "officer"
    dates = [
        reason["as_of"]
        for reason in check["reasons"]
        if reason.get("as_of") and (not officers or reason.get("source") == "officer")
    ]
    checked_at = _moment(check["checked_at"])
    if not dates and check["judged_by"] == "rules":
        return Say("utter_basis_rules_undated", {"on": date_words(checked_at, checked_at)})
    as_of = _moment(dates[0]) if dates else checked_at
    return Say(f"utter_basis_{check['judged_by']}", {"as_of": date_words(as_of, checked_at)})


def _askers(check: Mapping[str, Any]) -> list[Say]:
    """How many asked about a similar message, once they are more than a few; it is no sign of anything."""
    campaign = check.get("campaign") or {}
    askers, first_seen = campaign.get("askers"), campaign.get("first_seen")
    if not askers or askers < FEWEST_ASKERS or not first_seen:
        return []
    checked_at = _moment(check["checked_at"])
    since = max(_moment(first_seen), checked_at - COUNTED_FOR)
    return [Say("utter_campaign", {"askers": askers, "since": date_words(since, checked_at)})]


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    return moment.astimezone(TAIPEI) if moment.tzinfo else moment.replace(tzinfo=TAIPEI)


def date_words(moment: datetime, today: datetime) -> str:
    """`11/22`; with the year in front when it is another one."""
    return f"{moment:%m/%d}" if moment.year == today.year else f"{moment:%Y/%m/%d}"


def _buttons(check: Mapping[str, Any]) -> list[Json]:
    asks = [
        goal_button(f"btn.{ASK_GOALS[ask]}", ASK_GOALS[ask], check=check["id"])
        for ask in check["asks"]
        if ask in ASK_GOALS
    ]
    if check["verdict"] in BAD:
        buttons = [ALREADY_SCAMMED, _report(check), {"key": "btn.share_family", "share": "verdict"}, *asks]
        return [*buttons, *([_appeal(check)] if check["verdict"] == "fraud" else [])]
    return [*asks, _report(check), FIND_HUMAN]


def _appeal(check: Mapping[str, Any]) -> Json:
    return goal_button("btn.appeal", "appeal_block", check=check["id"])


def _report(check: Mapping[str, Any]) -> Json:
    has_site = any(indicator["kind"] in {"domain", "url"} for indicator in check["indicators"])
    return goal_button("btn.report_it", "report_site" if has_site else "report_message", check=check["id"])
