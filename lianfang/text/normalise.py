"""One plain form of what people paste, with the way back to where each character stood."""

import re
import unicodedata
from collections.abc import Iterator

_REPLACEMENT = "\ufffd"
_SPACES = frozenset("\t\x0b\x0c\x1c\x1d\x1e\x1f")
_NEWLINES = frozenset("\r\x85\u2028\u2029")
# Blank or unseen although their category says letter, mark or symbol.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


# Nearly all that people write: each of these stands alone and becomes one character, whatever follows.
_SIMPLE_RANGES = (
    (0x2010, 0x2028),
    (0x2030, 0x205F),
    (0x2190, 0x27C0),
    (0x3000, 0x302A),
    (0xFF01, 0xFF5F),
    (0x1F300, 0x1FB00),
)
_SIMPLE = {
    code: plain
    for first, end in _SIMPLE_RANGES
    for code in range(first, end)
    if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1 and unicodedata.category(chr(code)) != "Cf"
}
_SIMPLE_CLASS = "\n -~\u4e00-\u9fff" + re.escape("".join(map(chr, _SIMPLE)))
# Everything else, with the character before it, which it may melt into.
_ODD = re.compile(rf"[{_SIMPLE_CLASS}]?[^{_SIMPLE_CLASS}]+(?:(?<=\r)\n)?")


# The commonest disguise, read at once: one simple character with zero-width ones behind it.
_UNSEEN_BEHIND = re.compile(f"[{_SIMPLE_CLASS}][\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]+")

_ACCENTED = re.compile(f"[{_SIMPLE_CLASS}][\u0300-\u034e\u0350-\u036f]+")


def is_invisible(character: str) -> bool:
    """Zero-width, control and variation characters: they hide words from readers like us, never from people."""
    code = ord(character)
    if 0x20 <= code < 0x7F or 0x4E00 <= code <= 0x9FFF:
        return False
    if character in _UNSEEN or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return True
    if character == "\n" or character in _SPACES or character in _NEWLINES:
        return False
    return unicodedata.category(character) in ("Cf", "Cc")


def _visible(text: str) -> tuple[list[str], list[int]]:
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if is_invisible(character):
            continue
        if character == "\r" and text[place + 1 : place + 2] == "\n":
            continue
        if character in _NEWLINES:
            kept.append("\n")
        elif character in _SPACES:
            kept.append(" ")
        elif "\ud800" <= character <= "\udfff":
            kept.append(_REPLACEMENT)
        else:
            kept.append(character)
        places.append(place)
    return kept, places


def _joins(before: str, character: str) -> bool:
    """Whether a character melts into the one before it when both are normalised."""
    alone = unicodedata.normalize("NFKC", character)
    if unicodedata.combining(alone[0]):
        return True
    together = unicodedata.normalize("NFKC", before + character)
    return together != unicodedata.normalize("NFKC", before) + alone


def normalise_with_offsets(text: str) -> tuple[str, list[int]]:
    """The normal form, and for each of its characters the index in `text` it came from (plus `len(text)` last)."""
    if text.isascii() and text.isprintable():
        return text, list(range(len(text) + 1))
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for odd in _ODD.finditer(text):
        start, end = odd.span()
        if start > done:
            pieces.append(text[done:start])
            offsets.extend(range(done, start))
        for piece, place in _slowly(odd[0]):
            pieces.append(piece)
            offsets.extend([start + place] * len(piece))
        done = end
    pieces.append(text[done:])
    offsets.extend(range(done, len(text) + 1))
    return "".join(pieces).translate(_SIMPLE), offsets


def _slowly(text: str) -> Iterator[tuple[str, int]]:
    """Pieces of any text that are normal but for simple characters, each with the place where it began."""
    if _UNSEEN_BEHIND.fullmatch(text):
        yield text[0], 0
        return
    if _ACCENTED.fullmatch(text):
        yield unicodedata.normalize("NFKC", text), 0
        return
    characters, places = _visible(text)
    index = 0
    while index < len(characters):
        end = index + 1
        while end < len(characters) and characters[end] > "\u02ff":
            if "\u4e00" <= characters[end] <= "\u9fff" or not _joins(characters[end - 1], characters[end]):
                break
            end += 1
        first = characters[index]
        plain = end == index + 1 and (first < "\x80" or "\u4e00" <= first <= "\u9fff")
        yield first if plain else unicodedata.normalize("NFKC", "".join(characters[index:end])), places[index]
        index = end


def original_span(text: str, offsets: list[int], start: int, end: int) -> tuple[int, int]:
    """Where the normal form's `[start:end]` stands in the original text."""
    first = offsets[start]
    last = max(offsets[end], offsets[end - 1] + 1)
    while last > first + 1 and is_invisible(text[last - 1]):
        last -= 1
    return first, last


def normalise(text: str) -> str:
    """NFKC, without zero-width and control characters, newlines kept, lone surrogates replaced."""
    return normalise_with_offsets(text)[0]


def cap(text: str, limit: int) -> str:
    """At most `limit` characters, not cut inside a joined or accented character."""
    if len(text) <= limit:
        return text
    end = max(limit, 0)
    while end > 0 and (unicodedata.combining(text[end]) or is_invisible(text[end])):
        end -= 1
    return text[:end]


# Simplified characters that are not also Traditional ones (so 里, 后, 台, 只, 面 stay), each before its counterpart.
_PAIRS = (
    "转轉账帳钱錢汇匯证證验驗码碼号號骗騙诈詐电電话話这這个個们們来來给給时時间間说說请請问問谢謝对對吗嗎么麼为為让讓还還没沒会會过過发發现現机機关關银銀贷貸费費买買卖賣车車东東马馬长長门門开開见見风風飞飛"
    "鱼魚鸟鳥龙龍龟龜业業丛叢两兩严嚴丧喪丰豐临臨丽麗举舉义義乌烏乐樂乔喬习習乡鄉书書乱亂争爭亏虧亚亞产產亩畝亲親亿億仅僅从從仑侖仓倉仪儀价價众眾优優伞傘伟偉传傳伤傷伦倫伪偽体體佣傭侠俠侣侶侥僥侦偵侧側侨僑"
    "俩倆俭儉债債倾傾偿償储儲儿兒兑兌党黨兰蘭兴興养養兽獸册冊写寫军軍农農决決况況冻凍净淨凉涼减減凑湊凤鳳凭憑凯凱击擊刘劉则則刚剛创創删刪别別刹剎剂劑剧劇劝勸办辦务務动動励勵劲勁劳勞势勢区區医醫华華协協单單"
    "卢盧卫衛却卻厂廠厅廳历歷厉厲压壓厌厭县縣双雙变變叙敘叠疊叶葉吓嚇听聽启啟员員吨噸吴吳呜嗚响響哑啞唤喚啰囉啸嘯喷噴嘱囑团團园園围圍国國图圖圆圓圣聖场場坏壞块塊坚堅坛壇坟墳坠墜垄壟垒壘垦墾备備复復够夠头頭"
    "夹夾夺奪奋奮奖獎妆妝妇婦妈媽姗姍娱娛婴嬰学學宁寧宝寶实實宠寵审審宪憲宫宮宽寬宾賓寝寢寻尋导導寿壽将將尔爾尘塵尝嘗尧堯尸屍尽盡层層属屬岁歲岂豈岗崗岛島岭嶺峡峽币幣帅帥师師帐帳带帶帮幫库庫应應庙廟废廢广廣"
    "庆慶庞龐归歸当當录錄彻徹径徑忆憶忧憂怀懷态態怜憐总總恋戀恶惡恼惱悦悅悬懸惊驚惧懼惨慘惩懲惯慣愤憤愿願戏戲户戶扑撲执執扩擴扫掃扬揚扰擾抚撫抛拋抢搶护護报報担擔拟擬拥擁拦攔择擇挂掛挡擋挤擠挥揮损損换換据據"
    "掳擄掷擲摄攝摆擺摇搖撑撐敌敵数數断斷无無旧舊显顯晒曬晓曉暂暫术術杀殺杂雜权權条條极極构構枪槍柜櫃标標栋棟栏欄树樹样樣档檔桥橋检檢楼樓欢歡欧歐残殘殴毆毁毀毕畢气氣汉漢汤湯沟溝泪淚泽澤洁潔浅淺测測济濟浏瀏"
    "浓濃涂塗涨漲涛濤润潤涩澀渐漸渔漁湾灣湿濕溃潰滚滾满滿滤濾滥濫潜潛灭滅灯燈灵靈灾災灿燦炉爐点點炼煉烂爛烛燭烟煙烦煩烧燒热熱爱愛爷爺牵牽犹猶状狀独獨狮獅狱獄猎獵猪豬猫貓献獻环環玛瑪玺璽琐瑣瑶瑤画畫畅暢疗療"
    "疯瘋疮瘡痒癢瘫癱盐鹽监監盖蓋盗盜盘盤眯瞇着著睁睜矫矯矿礦砖磚础礎硕碩确確碍礙礼禮祸禍禅禪离離种種积積称稱税稅稳穩穷窮窃竊竖豎竞競笔筆笼籠筑築签簽简簡筛篩类類粮糧紧緊级級纪紀约約红紅纯純纱紗纲綱纳納纷紛"
    "纸紙纹紋纽紐线線练練组組绅紳细細织織终終绍紹经經绑綁结結绕繞绘繪络絡绝絕统統继繼绩績绪緒续續绳繩维維绵綿综綜绿綠缓緩编編缘緣缠纏缩縮缴繳网網罗羅罚罰罢罷职職联聯聪聰肃肅肤膚肠腸肿腫胀脹胁脅胆膽胜勝脉脈"
    "脏臟脑腦脚腳脱脫脸臉腾騰舰艦艺藝节節芦蘆苏蘇苹蘋范範荐薦荣榮药藥获獲莲蓮营營萧蕭蓝藍虑慮虚虛虫蟲虽雖蚀蝕蚂螞补補袭襲装裝裤褲观觀规規视視览覽觉覺触觸誉譽计計订訂认認讨討训訓议議讯訊记記讲講许許论論设設"
    "访訪诀訣评評识識诉訴词詞试試诗詩诚誠诛誅诞誕询詢该該详詳语語误誤诱誘诸諸诺諾读讀课課谁誰调調谅諒谈談谊誼谋謀谓謂谜謎谨謹谱譜贝貝贞貞负負财財责責贤賢败敗货貨质質贩販贪貪贫貧购購贯貫贱賤贴貼贵貴贸貿贺賀"
    "贼賊贾賈资資赏賞赐賜赔賠赖賴赚賺赛賽赞讚赠贈赢贏赵趙赶趕趋趨跃躍践踐踪蹤轨軌轩軒软軟轰轟轮輪轻輕载載较較辅輔辆輛辈輩辉輝输輸辑輯边邊达達迁遷迈邁运運进進远遠违違连連迟遲适適选選逊遜递遞逻邏遗遺邓鄧邮郵"
    "邻鄰郑鄭酱醬释釋针針钉釘钓釣钟鐘钢鋼钥鑰钩鉤钮鈕铁鐵铃鈴铜銅铝鋁锁鎖锅鍋错錯锡錫锦錦键鍵锻鍛镇鎮镜鏡闪閃闭閉闯闖闲閒闷悶闹鬧闻聞阅閱队隊阳陽阴陰阵陣阶階际際陆陸陈陳险險随隨隐隱难難雾霧静靜韩韓页頁顶頂"
    "项項顺順须須顾顧顿頓预預领領颇頗频頻题題颜顏额額飘飄饭飯饮飲饰飾饱飽饿餓馆館驱驅驶駛驻駐骂罵骄驕骆駱骚騷鲜鮮鸡雞鸣鳴鸭鴨鹅鵝鹤鶴麦麥黄黃齐齊齿齒链鏈钞鈔丢丟专專与與万萬賬帳饶饒晕暈呗唄赎贖颗顆陕陝粤粵"
    "闽閩谎謊贿賄赂賂钻鑽镑鎊顽頑颁頒"
)
_TRADITIONAL = {
    ord(simplified): traditional for simplified, traditional in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)
}


def to_traditional(text: str) -> str:
    """The same text, character by character, in the script our word lists are written in."""
    return text.translate(_TRADITIONAL)
