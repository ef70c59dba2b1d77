"""Words within words: a notice may quote other sentences by their keys, each in the reader's language."""

from bot.speech import Speech
from lianfang.words import Words

WORDS = Words(
    {
        ("notice.news", "zh-TW"): "{when}：\n{found}\n{now}",
        ("notice.news", "en"): "{when}:\n{found}\n{now}",
        ("reason.listed", "zh-TW"): "・{what} 在名單裡",
        ("reason.listed", "en"): "• {what} is listed",
        ("said", "zh-TW"): "是假的（{operator}）",
        ("said", "en"): "It is fake ({operator})",
    }
)
PARAMS = {
    "when": "11/22",
    "found": [
        {"key": "reason.listed", "params": {"what": "a[.]top"}},
        {"key": "reason.listed", "params": {"what": "{now}"}},
    ],
    "now": {"key": "said"},
}


def test_each_part_is_said_in_the_readers_language() -> None:
    chinese = Speech(WORDS, "zh-TW", "聯防").plain("notice.news", PARAMS).text
    english = Speech(WORDS, "en", "Lianfang").plain("notice.news", PARAMS).text
    # What somebody sent stays as it is, also where it looks like a gap of ours.
    assert chinese == "11/22：\n・a[.]top 在名單裡\n・{now} 在名單裡\n是假的（聯防）"
    assert english == "11/22:\n• a[.]top is listed\n• {now} is listed\nIt is fake (Lianfang)"


def test_other_parameters_stay_what_they_are() -> None:
    assert (
        Speech(WORDS, "en", "x").line("reason.listed", {"what": {"no": "words"}})
        == "• {'no': 'words'} is listed"
    )
