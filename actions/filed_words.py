"""What is said of a report that was filed: our number, who else reported it, and only what is true of 165. Pure."""

from collections.abc import Sequence

from actions.shown import defanged, shown
from lianfang.replies import CALL_165, Json, Reply, Say, goal_button, says
from services.reports.client import Filed

STATUS = goal_button("btn.case_status", "case_status")
LIVE = "live"
UNTOUCHED = "reported"
LONGEST_SUBJECT = 40


def filed_reply(filed: Sequence[tuple[str, Filed]], fault: str = "") -> Reply:
    """One line for each subject and its report; `fault`: the key of what is said of those that could not be filed."""
    reports = [one for _, one in filed]
    say = [line for subject, one in filed for line in _lines(subject, one)]
    say += [Say(fault)] if fault else []
    say += _hotline(reports)
    return Reply(say, _buttons(reports), _card(reports))


def not_filed_reply(fault: str) -> Reply:
    return says(fault, buttons=[CALL_165])


def _lines(subject: str, one: Filed) -> list[Say]:
    params = {"what": shown(subject, LONGEST_SUBJECT), "number": one.number}
    lines = [Say("utter_report_again" if one.again else "utter_report_filed", params)]
    if one.others:
        lines.append(Say("utter_report_others", {"others": one.others}))
    if one.state != UNTOUCHED:
        lines.append(Say("utter_report_under_way"))
    return lines


def _hotline(reports: Sequence[Filed]) -> list[Say]:
    """Design rule 11: that 165 has it is never said; while it does not, the ready text and 165's own way are."""
    status, way = reports[0].status, reports[0].way
    lines = [Say(f"utter_report_165_{status}", {"phone": way.phone, "url": way.url})]
    if status != LIVE:
        evidence = "\n\n".join(defanged(one.evidence_text) for one in reports)
        lines.append(Say("utter_report_evidence", {"evidence": evidence}))
    return lines


def _buttons(reports: Sequence[Filed]) -> list[Json]:
    own_way = [] if reports[0].status == LIVE else [{"key": "btn.report_165_page", "url": reports[0].way.url}]
    if len(reports) > 1:
        return [CALL_165, *own_way, STATUS]
    number = reports[0].number
    return [
        CALL_165,
        *own_way,
        goal_button("btn.add_contact", "add_contact", case_id=number),
        goal_button("btn.add_evidence", "add_evidence", case_id=number),
        goal_button("btn.act_withdraw", "case_act", case_id=number, act="withdraw"),
        STATUS,
    ]


def _card(reports: Sequence[Filed]) -> Json:
    numbers = [{"number": one.number, "state": one.state} for one in reports]
    return {"kind": "report", "status": reports[0].status, "cases": numbers}
