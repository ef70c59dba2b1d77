"""One key for a page however its address is written: other names of a site, parameters that only track, odd slashes."""

import re

# Other names under which the same pages of a site are reached.
_SAME_SITE = {
    "j.mp": "bit.ly",
    "bitly.com": "bit.ly",
    "telegram.me": "t.me",
    "telegram.dog": "t.me",
    "fb.com": "facebook.com",
    "twitter.com": "x.com",
    "threads.com": "threads.net",
    "itunes.apple.com": "apps.apple.com",
    "line.naver.jp": "line.me",
}
# Mobile editions and languages: `m.facebook.com`, `zh-tw.facebook.com`, `mobile.x.com`.
_EDITION = re.compile(r"^(?:m|mobile|web|mbasic|touch|old|[a-z]{2}-[a-z]{2})\.(?=[a-z0-9-]+\.com$)")
# Parameters that say where somebody came from or in which language, never which page it is.
_TRACKING = re.compile(
    r"(?:utm_\w+|hl|gl|fbclid|gclid|igshid?|igsh|mibextid|usp|si|feature|referrer|ref_src|ref_url|_branch_match_id|"
    r"openexternalbrowser|rdid|__tn__|sfnsn|pli)(?:=.*)?",
    re.IGNORECASE | re.DOTALL,
)
# Signs that cling to a copied address without being part of it; bit.ly shows a preview behind a plus.
_CLINGING = "+_*=@~.,;:!'\")]}>|-&"
MOST_PARAMETERS = 8
MOST_FOLDERS = 8


def page_of(host: str, path: str) -> str:
    """The key under which a page is listed."""
    site, folders, parameters = _parts(host, path)
    return site + folders + ("?" + "&".join(parameters) if parameters else "")


def pages_over(host: str, path: str) -> list[str]:
    """Every key that would name this page: itself, each parameter alone, no parameter, and the folders above it."""
    site, folders, parameters = _parts(host, path)
    bare = site + folders
    keys = [page_of(host, path), bare + "?" + "&".join(parameters)] if parameters else []
    keys += [f"{bare}?{one}" for one in parameters[:MOST_PARAMETERS]]
    keys += [bare.rstrip("/"), bare.rstrip(_CLINGING), re.split("[;&,]", bare, maxsplit=1)[0]]
    keys += [f"{bare}?{one.rstrip(_CLINGING)}" for one in parameters[:MOST_PARAMETERS]]
    above = bare
    for _ in range(MOST_FOLDERS):
        above = above.rpartition("/")[0]
        if "/" not in above:
            break
        keys.append(above)
    return [key for key in dict.fromkeys(keys) if "/" in key.rstrip("/")]


def _parts(host: str, path: str) -> tuple[str, str, list[str]]:
    """The site, its folders as a browser joins them, and the parameters that choose a page, in order."""
    before, mark, query = path.partition("?")
    site = _EDITION.sub("", host)
    site = _SAME_SITE.get(site, site)
    folders: list[str] = []
    for folder in before.replace("\\", "/").split("/"):
        if folder == "..":
            del folders[-1:]
        elif folder not in ("", "."):
            folders.append(folder)
    if site == "youtu.be" and folders:
        site, folders, query = "youtube.com", ["watch"], f"v={folders[0]}&{query}"
    kept = (
        [one for one in re.split("[&;]", query) if one and not _TRACKING.fullmatch(one)]
        if mark or query
        else []
    )
    # Where nothing else is said, what looks like tracking chooses the page after all.
    kept = kept or ([one for one in re.split("[&;]", query) if one] if not folders else [])
    return site, "".join(f"/{folder}" for folder in folders) or ("/" if kept else ""), sorted(set(kept))
