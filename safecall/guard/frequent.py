"""How common a word is in ordinary narratives, so that the compiler can choose the rarer one.

Three tiers, by the order of magnitude of the share of texts that hold the word. A word that is
not listed counts as rare. A missing word costs time, never a finding.
"""

from __future__ import annotations

from typing import Final

_EVERYWHERE: Final = (
    "a an and are as at be been but by did do does for from had has have he her him his i in "
    "is it its me my no not of off on or our out over rp she so that the their them then "
    "there they this to up us was we were what when where which who will with you your al "
    "como con cual de del donde el ella en es esta este fue ha hay la las lo los mi o para "
    "pero por que se si sin son su sus te tu un una usted y ya yo le les nos"
)
_OFTEN: Final = (
    "about after all also any ask asked back because before can come could down get go going "
    "if into just like male female man woman more name need now number one only other people "
    "person police said says see show since some still told two vehicle want wants went would "
    "car caller victim suspect subject officer reporting party home house street last year "
    "years old been being came country here legal status card work state born live lives "
    "living long how new report ano anos casa aqui dice dijo hombre mujer persona policia "
    "pais tiene tengo tener era estan estado numero quien cuando usted ustedes trabajo nacio "
    "vive ser soy"
)
_COST: Final = {
    **dict.fromkeys(_OFTEN.split(), 20.0),
    **dict.fromkeys(_EVERYWHERE.split(), 400.0),
}


def cost(stem: str) -> float:
    """The relative cost of looking for ``stem``: how often it will turn up in vain."""
    if len(stem) == 1:
        return 400.0
    return _COST.get(stem, 1.0 if len(stem) > 3 else 3.0)
