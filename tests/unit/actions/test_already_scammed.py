import pytest

from actions.goal_actions import ActionGoal
from actions.services import Services
from tests.unit.actions.talk import Talk
from tests.unit.actions.turns import Said, run, tracker_of

OPEN = {"goal": "tell_sender", "run": "evt_0", "person": "p_1", "told": {}, "others": {}, "asked": "sender"}


async def told(services: Services, text: str, **entities: str) -> Said:
    kind = "tap" if text.startswith("/") else "text"
    return await run(
        ActionGoal(services),
        tracker_of(text, intent="already_scammed", kind=kind, entities=entities),
    )


@pytest.mark.parametrize(
    ("text", "loss"),
    [
        ("慘了我剛剛轉了三萬給他", "transfer"),
        ("我被騙了", "transfer"),
        ("我把驗證碼給他了", "otp"),
        ("被騙買 MyCard 5000 的兩張 序號給他了", "card"),
        ("I got scammed", "transfer"),
    ],
)
async def test_what_was_lost_decides_what_to_prepare(services: Services, text: str, loss: str) -> None:
    said = await told(services, text)

    assert said.keys[0] == f"utter_emergency_{loss}"
    assert said.reply["card"] == {"kind": "emergency", "lost": loss}


@pytest.mark.parametrize("loss", ["transfer", "card", "otp", "credentials"])
async def test_every_emergency_is_urgent_and_offers_165_and_110_first(services: Services, loss: str) -> None:
    said = await told(services, "/already_scammed", lost=loss)

    assert said.reply["urgent"] is True
    assert [button.get("tel") for button in said.reply["buttons"][:2]] == ["165", "110"]
    assert loss not in [button["params"].get("lost") for button in said.reply["buttons"][2:]]


async def test_an_unknown_tap_parameter_is_not_believed(services: Services) -> None:
    assert (await told(services, "/already_scammed", lost="gold")).keys == ["utter_emergency_transfer"]


async def test_a_game_card_names_the_issuer_and_claims_no_lock(services: Services) -> None:
    said = await told(services, "被騙買 MyCard 序號給他了", issuer="MyCard")

    assert said.keys == ["utter_emergency_card", "utter_lock_not_joined", "utter_emergency_card_keep"]
    assert said.reply["say"][1]["params"]["issuer"] == "MyCard"
    assert said.then == "goal_form"


async def test_without_an_issuer_the_card_itself_says_whom_to_call(services: Services) -> None:
    assert "utter_issuer_unknown" in (await told(services, "/already_scammed", lost="card")).keys


async def test_an_open_form_is_left(services: Services) -> None:
    tracker = tracker_of("我剛匯錢了", intent="already_scammed", form="goal_form", slots={"open_goal": OPEN})
    said = await run(ActionGoal(services), tracker)

    assert said.closed_form
    assert said.slots == {"open_goal": None}


@pytest.mark.parametrize("text", ["我孫子傳LINE說他出車禍要我匯五萬", "我差點被騙"])
async def test_told_without_a_loss_it_says_how_to_lose_nothing(services: Services, text: str) -> None:
    said = await told(services, text)

    assert said.keys == ["utter_emergency_line", "utter_not_paid_yet"]
    assert said.reply["card"] == {"kind": "emergency", "lost": None}
    assert [button.get("tel") for button in said.reply["buttons"][:2]] == ["165", "110"]
    assert said.goals == ["already_scammed"] * 4


async def test_who_has_only_clicked_hears_what_to_do_with_the_page(services: Services) -> None:
    assert (await told(services, "我不小心點了連結")).keys == ["utter_emergency_line", "utter_clicked"]


@pytest.mark.parametrize(
    ("text", "intent", "loss"),
    [
        ("是點數卡", "lock_card", "card"),
        ("不是轉帳，是點數卡", "deny", "card"),
        ("驗證碼", "inform", "otp"),
        ("信用卡卡號", "out_of_scope", "otp"),
        ("我的密碼", "nlu_fallback", "credentials"),
        ("gift cards", "inform", "card"),
        ("not a transfer, my password", "deny", "credentials"),
        ("是匯款", "affirm", "transfer"),
    ],
)
async def test_a_word_below_the_emergency_card_says_what_was_lost(
    talk: Talk, text: str, intent: str, loss: str
) -> None:
    await talk.says("我被騙了", "already_scammed")
    await talk.says(text, intent, 0.4)

    assert talk.keys[0] == f"utter_emergency_{loss}"


@pytest.mark.parametrize("text", ["謝謝你", "密碼學的書哪裡買，我想順便問一下這個問題"])
async def test_other_words_below_it_do_not(talk: Talk, text: str) -> None:
    await talk.says("我被騙了", "already_scammed")
    await talk.says(text, "thanks")

    assert talk.keys == ["utter_thanks"]
