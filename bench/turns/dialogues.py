"""What people say in the benchmark of whole turns: mixed conversations in both languages, as data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """Something typed; or the button of that key tapped, and the text typed only when it was not shown."""

    text: str
    button: str | None = None


@dataclass(frozen=True)
class Dialogue:
    """One conversation and the language it begins in."""

    name: str
    language: str
    steps: tuple[Step, ...]


WATER = "【台灣自來水】貴戶水費逾期395元，將終止供水，請至 https://water-tw.top/pay"
BANK = "【國泰世華】您的帳戶異常，請立即登入驗證 www.cathay-bk.top，逾期停用"
PARCEL = "您的包裹已送達全家鶯歌店，請於11/28前取件，取件碼後三碼 482"
PHONE_BILL = "中華電信：您的帳單已逾期，請儘速繳納，詳情洽門市"
POWER = "台灣電力公司通知您，本期電費1280元將於11/30到期，詳情請看 www.taipower.com.tw"
DHL = "Your parcel is on hold, pay NT$38 at dhl-post.top to have it delivered"
POWER_EN = "Your Taipower bill of NT$1,280 is due 11/30. Pay at www.taipower.com.tw"

SENDER = Step("那則是誰傳的我看一下", "btn.tell_sender")
SENDER_EN = Step("let me see who sent it", "btn.tell_sender")
LAST3 = Step("要我的末三碼嗎", "btn.tell_last3")
LAST3_EN = Step("do you need my last three digits", "btn.tell_last3")
APP = Step("我在簡訊看到的", "btn.tell_app")
DONT_KNOW = Step("不知道", "btn.dont_know")


def _said(name: str, language: str, *steps: Step | str) -> Dialogue:
    return Dialogue(name, language, tuple(Step(step) if isinstance(step, str) else step for step in steps))


DIALOGUES = (
    _said(
        *(
            "chat and checks",
            "zh-TW",
            "你好",
            "這封簡訊是真的嗎？",
            WATER,
            "我沒有點",
            BANK,
            "怎麼檢舉假網站",
        ),
        *("謝謝", "媽 今天會晚一點回家 不用等我吃飯", "你會做什麼", "謝謝你"),
    ),
    _said(
        *("sender, then last digits", "zh-TW", "哈囉", PARCEL, SENDER, "111", LAST3, "678", "所以是真的嗎"),
        *(PHONE_BILL, SENDER, "不知道", "好 謝謝"),
    ),
    _said(
        *("loss first", "zh-TW", "慘了我剛剛轉了三萬給他", "是中國信託轉到郵局", "我還能做什麼", BANK),
        *("我已經給了驗證碼", "我想找真人", "好", "還有這個", WATER, "謝謝"),
    ),
    _said(
        *("form left and resumed", "zh-TW", "幫我查一則訊息", POWER, SENDER, "你是誰", "電力公司 0912345678"),
        *(APP, "簡訊", "取消", "我要鎖我的點數卡", "有一個 LINE ID lin8888 一直叫我投資", "那個帳號是詐騙嗎"),
        *(DONT_KNOW, "嗨", "謝謝"),
    ),
    _said(
        *("language there and back", "zh-TW", "你好", "please speak English", DHL, "what should I do now"),
        *("thanks", POWER_EN, SENDER_EN, "0912345678", "換成中文", WATER, "謝謝"),
    ),
    _said(
        *("chat and checks", "en", "hello", "is this text message real?", DHL, "I did not click on it"),
        *("how do I report a fake website", POWER_EN, "what can you do", "thank you"),
    ),
    _said(
        *("sender, then last digits", "en", "hi there", POWER_EN, SENDER_EN, "111", LAST3_EN, "678"),
        *("so is it real", "can I talk to a person", DHL, "cancel", "thanks"),
    ),
    _said(
        *("loss first", "en", "I just sent 30,000 dollars to him, help", "from my CTBC account"),
        *("I also gave him the code", "what else can I do", DHL, "is 0912345678 a scammer", "ok", "english"),
        *("please delete my data", "no", "thanks"),
    ),
)

# Ten turns whose repetition makes one long conversation: any fifty turns in a row hold the same ones.
LONG = _said(
    *("one long conversation", "zh-TW", "你好", WATER, "怎麼檢舉假網站", PARCEL, SENDER, "0912345678"),
    *("所以是真的嗎", "謝謝", BANK, "我還能做什麼"),
)
