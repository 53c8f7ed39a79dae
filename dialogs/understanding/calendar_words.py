"""Months, weekdays, ordinals and feasts by name: folded words of nb, nn and en."""

from __future__ import annotations

from .tidy import word_set

MONTH_NAMES = (
    "januar january jan",
    "februar february feb febr",
    "mars march mar",
    "april apr",
    "mai may",
    "juni june jun",
    "juli july jul",
    "august aug",
    "september sept sep",
    "oktober october okt oct",
    "november nov",
    "desember december des dec",
)
MONTHS = {w: n for n, names in enumerate(MONTH_NAMES, 1) for w in names.split()}
DAY_NAMES = (
    "mandag monday mon man mandagen mandagar",
    "tirsdag tysdag tuesday tue tues tir tys tirsdagen",
    "onsdag wednesday wed ons onsdagen",
    "torsdag thursday thu thur thurs tor tors torsdagen",
    "fredag friday fri fre fredagen",
    "lordag laurdag saturday sat lor lau lordagen",
    "sondag sundag sunday sun son sondagen",
)
WEEKDAYS = {w: n for n, names in enumerate(DAY_NAMES) for w in names.split()}
ORDINALS = {
    word: n
    for n, names in enumerate(
        (
            "forste fyrste forsta first fyste",
            "andre annen second andra",
            "tredje third tredie",
            "fjerde fourth",
            "femte fifth",
            "sjette sixth",
            "sjuende syvende sjuande seventh",
            "attende attande eighth ottende",
            "niende niande ninth",
            "tiende tiande tenth",
            "ellevte eleventh",
            "tolvte twelfth",
            "trettende trettande thirteenth",
            "fjortende fjortande fourteenth",
            "femtende femtande fifteenth",
            "sekstende sekstande sixteenth",
            "syttende syttande seventeenth",
            "attende attande eighteenth",
            "nittende nittande nineteenth",
            "tjuende tjuande tyvende tjugande twentieth",
        ),
        1,
    )
    for word in names.split()
}
ORDINALS |= dict.fromkeys(("attende", "attande", "ottende"), 8)  # "åttende"; "attende" for 18 is heard as 8: see below
for _tens, _starts in ((20, ("tjue", "tyve", "tjuge")), (30, ("tretti", "tredve"))):
    for _start in _starts:
        for _word, _n in list(ORDINALS.items()):
            if _n < 10 and _word.isalpha() and (_tens == 20 or _n == 1):
                ORDINALS[_start + _word] = _tens + _n
                ORDINALS[_start + "og" + _word] = _tens + _n
for _word, _n in list(ORDINALS.items()):
    for _english, _tens in (("twenty", 20), ("thirty", 30)):
        if (
            _n < 10
            and _word in word_set("first second third fourth fifth sixth seventh eighth ninth")
            and (_tens == 20 or _n == 1)
        ):
            ORDINALS[f"{_english}{_word}"] = ORDINALS[f"{_english}-{_word}"] = _tens + _n
ORDINALS |= {"trettiende": 30, "trettiande": 30, "tredvte": 30, "thirtieth": 30, "twentieth": 20}
FEASTS = {  # days that fall on the same date every year
    "julaften": (12, 24),
    "julafta": (12, 24),
    "julekvelden": (12, 24),
    "forste juledag": (12, 25),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "nyttarsaften": (12, 31),
    "nyttarsafta": (12, 31),
    "new year's eve": (12, 31),
    "new years eve": (12, 31),
    "nyttarsdag": (1, 1),
    "forste nyttarsdag": (1, 1),
    "new year's day": (1, 1),
    "new years day": (1, 1),
    "grunnlovsdagen": (5, 17),
    "nasjonaldagen": (5, 17),
    "constitution day": (5, 17),
    "kvinnedagen": (3, 8),
    "sankthansaften": (6, 23),
    "sankthans": (6, 23),
    "st hans": (6, 23),
    "st. hans": (6, 23),
}
