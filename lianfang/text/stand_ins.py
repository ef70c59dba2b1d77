"""What chats put in place of a picture, a sticker or a sound when they are copied: it says nothing of what it was."""

import re

from lianfang.text.normalise import normalise, to_traditional

_STAND_IN = re.compile(
    r"[\[(<【〔](?:圖片|照片|相片|貼圖|影片|視訊|語音(?:訊息)?|檔案|表情|photos?|pictures?|images?|stickers?|videos?|audio"
    r"|voice message|files?)[\])>】〕]",
    re.IGNORECASE,
)


def is_stand_in(text: str) -> bool:
    """Whether nothing else stands in it: 「[圖片]」, "[Photo] [Photo]"."""
    plain = to_traditional(normalise(text))
    return bool(_STAND_IN.search(plain)) and not any(sign.isalnum() for sign in _STAND_IN.sub("", plain))
