"""Which letters of other scripts pass for a Latin one?  (After Unicode's confusables, UTS 39.)"""
# ruff: noqa: RUF001 - ambiguous letters are what this file is about

_ALIKES = {
    "a": "аɑα⍺",
    "b": "ьƅ",
    "c": "сϲⲥ",
    "d": "ԁɗ",
    "e": "еεєҽϵ℮",
    "f": "ғƒ",
    "g": "ɡցɢ",
    "h": "һհн",
    "i": "іıιɩӏɪ",
    "j": "јϳ",
    "k": "кκқĸ",
    "l": "ǀ",
    "m": "м",
    "n": "пոηռ",
    "o": "оοσօӧ",
    "p": "рρϱҏ",
    "q": "ԛզ",
    "r": "ᴦ",
    "s": "ѕꜱ",
    "t": "тτ",
    "u": "υսʋ",
    "v": "νѵᴠ",
    "w": "ԝաωшѡ",
    "x": "хχ×",
    "y": "уγүў",
    "z": "ᴢʐ",
}

# Folded in the packs' terms as well, so words of those scripts still match themselves. Poor
# look-alikes (Cyrillic ge, ze, be, ve) are left alone: they would only make words collide.
LOOKALIKES = {alike: latin for latin, alikes in _ALIKES.items() for alike in alikes}
LOOKALIKES["\u0901"] = "\u0902"  # two ways to write a nasal vowel in Devanagari
