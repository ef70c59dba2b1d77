"""Top-level domains that make a word with a dot in it look like an address."""

COUNTRY = frozenset(
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc"
    " cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga"
    " gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp"
    " ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms"
    " mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro"
    " rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt"
    " tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw".split()
)

GENERIC = frozenset(
    "com net org gov edu mil int info biz name pro mobi asia tel travel jobs cat coop aero museum xxx post"
    " academy accountant accountants actor adult agency apartments app art associates attorney auction audio auto"
    " autos baby band bank bar bargains beauty beer best bet bid bike bingo bio biz black blog blue boats bond boo"
    " book boston boutique broker build builders business buzz bz cab cafe cam camera camp capital car cards care"
    " careers cars cash casino catering center ceo cfd charity chat cheap christmas church city claims cleaning"
    " click clinic clothing cloud club coach codes coffee college community company computer condos construction"
    " consulting contact contractors cooking cool country coupons courses credit creditcard cricket cruises cyou dad"
    " dance date dating day deal dealer deals delivery democrat dental dentist design dev diamonds diet digital direct"
    " directory discount doctor dog domains download earth education email energy engineer engineering enterprises"
    " equipment esq estate events exchange expert exposed express fail faith family fan fans farm fashion fast film"
    " finance financial fish fishing fit fitness flights florist flowers fly foo football forex forsale forum"
    " foundation free fun fund furniture futbol fyi gallery game games garden gay gift gifts gives glass global gmbh"
    " gold golf graphics gratis green gripe group guide guitars guru hair haus health healthcare help hiphop"
    " hockey holdings holiday homes horse hospital host hosting hot hotel hotels house how icu immo immobilien inc"
    " industries ink institute insure international investments irish ist jetzt jewelry juegos kaufen kim kitchen"
    " land lat law lawyer lease legal lgbt life lighting limited limo link live llc loan loans lol london lotto love"
    " ltd luxe luxury maison makeup management market marketing markets mba media medical memorial men menu miami"
    " mobile moda moe mom money monster mortgage motorcycles movie network new news nexus ngo ninja now nyc observer"
    " one ong onl online ooo organic page paris partners parts party pet phd phone photo photography photos pics"
    " pictures pid pink pizza place play plumbing plus poker porn press prime productions prof promo properties"
    " property protection pub quest racing realty recipes red rehab reise reisen rent rentals repair report"
    " republican rest restaurant review reviews rich rip rocks rodeo room rsvp ru run sale salon sarl save saxo sbs"
    " school schule science secure security select services sex sexy shoes shop shopping show singles site ski skin"
    " soccer social software solar solutions soy space spa sport spot store storage stream studio study style sucks"
    " supplies supply support surf surgery systems taipei talk tattoo tax taxi team tech technology tennis theater"
    " theatre tickets tienda tips tires today together tokyo tools top tours town toys trade trading training trust"
    " tube university uno vacations ventures vet viajes video villas vin vip vision vodka vote voting voyage wang"
    " watch watches webcam website wedding wiki win wine work works world wtf xin xyz yachts yoga yokohama you zone"
    " qpon casa google amazon youtube apple icbc jpmorgan aws azure goo gle".split()
)

INTERNATIONAL = frozenset(
    (
        "台灣",
        "台湾",
        "中国",
        "中國",
        "香港",
        "公司",
        "网络",
        "網絡",
        "网址",
        "商城",
        "网店",
        "在线",
        "中文网",
        "集团",
    )
)

# Endings of files and English words: alone behind one dot they are usually not an address.
FILE_LIKE = frozenset("md py sh ps rs pl".split())
WORD_LIKE = frozenset(
    "ai am as at be by do in is it la me my no now one or our pa she show so to today top tv us we you how new all"
    " save play help free talk watch run win work id man love day live call name best link report".split()
)
# Safe enough to be believed when the dot itself is disguised (`evil。com`, `evil . com`).
UNMISTAKABLE = frozenset(
    "com net org tw cc xyz vip icu shop store site online club info biz sbs cyou cfd buzz io hk cn".split()
)
# Never an address by themselves: `com.tw` names a place where addresses live.
PUBLIC_SUFFIXES = frozenset(
    f"{second}.{top}" for top in ("tw", "hk", "cn") for second in "com net org idv".split()
)


def is_tld(label: str) -> bool:
    """Whether a lower-case last label is a top-level domain we know."""
    return label in COUNTRY or label in GENERIC or label in INTERNATIONAL or label.startswith("xn--")
