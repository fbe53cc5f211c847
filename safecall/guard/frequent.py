"""How common a word is in ordinary narratives, so that the compiler can choose the rarer one.

Three tiers, by the share of narratives (English police narratives; for Spanish the words that
any text is full of) that hold the word: 3 %, 0.8 %, 0.25 % or more. A word that is not listed
counts as rare. A missing word costs time, never a finding.
"""

from __future__ import annotations

from typing import Final

_EVERYWHERE: Final = (
    "1 2 a after al and at by car como con cual de del do does donde during el ella en es esta "
    "este fired for found from fue gun ha hay home in its killed la las les lo los male man me mi "
    "my near no nos of on our para pero police por que rp s se shot shots si sin stolen su sus "
    "suspect te the to tu un una usted victim w was we with ya you your"
)
_OFTEN: Final = (
    "10 3 38 4 40 5 9mm account address also an ano anos another any apartment approx aqui ar are "
    "area argument arm armed arrest arrested as back bank be because been between born bullet but "
    "cal call called casa charged chase chest co country credit critical cuando custody date day "
    "dead dice did died dijo dispute door drive driver drug drugs era estado estan female fight "
    "fire firearm front gang good gunpoint guns had handgun has have he head heard her here hi "
    "him himself his hit hombre house how i if ifo incident inj injured inside into is it l later "
    "le left leg line lives loaded lot loud member men mujer multiple nacio name not numero o off "
    "officer officers one open or other out outside over pais park parked parking party people "
    "perp person persona phone pistol plate policia poss quien recovered related report reported "
    "result rifle road robbed robbery school self ser several she shooting shoots shotgun side so "
    "son soy st stable standoff stop store street subj suspects teen tener tengo that their them "
    "then there they this threat tiene time times trabajo traffic transient trying two unclear up "
    "us ustedes veh vehicle vic vive walking were what when where which while who wife will woman "
    "wounded y yo"
)
_AT_TIMES: Final = (
    "2nd abdomen about accidental accidentally ad adv advised age agency ago air alarm all alley "
    "alt altercation am ammo amount apartments appears apt around ask asked assault attempt "
    "attempted austin automatic ave avenue away b background balance bar bb beat before behind "
    "being believed bike blk block blocking body both boy boyfriend brandished break brief broke "
    "broken brother building bullets bureau burglary bus business busn buttocks bystander c c3 ca "
    "caliber caller calling came campus can card cars case cash casings cb center charge charges "
    "check child children city cj claim clerk closed club collection come company complaint "
    "complex consumer contact contacted copy could county court crash crashed creek customer d "
    "damage daughter deal death debt department dial different disconnect document documented dog "
    "domestic down driveby driveway driving drove due duty dv e each earlier east elementary "
    "email employee end entry even evidence ex exchange f face fair family fatally father felon "
    "fem file filed find finds firearms fires firing first fled floor following foot fraud "
    "fraudulent friend full gas get getting gf girl girlfriend glass glock go going gone got "
    "grazed group gry gunfire gunshot hand handguns hbd held help high homeowner hosp hospital "
    "hotel hour hours hrs husband id identity illegal immediate incl inflicted info information "
    "injuries injury intox invasion investigating investigation involved issue items just kills "
    "knife know known lane large last late law leads least leave leaving led legal letter like "
    "likely listed live living loan location lockdown long loss m made mail make making males "
    "many marijuana may middle missing money month more mother motion murder music n nearby neck "
    "need neighbor neighborhood never new next non north nothing notice now number occupied "
    "occurred ofc office ois old online only opened original others owner p paid passenger past "
    "pay payment pd per perpetrator perps physical place playing please plot pm pocket point "
    "pointed porch possession possible prior proof property provide provided pulled put pw rage "
    "raid ran rd rear received record recover red refused refusing regarding remove removed "
    "reporting req request requested residence resident respond responding response restaurant "
    "returned revolver rifles right rob robber room rps ruger running said same say saying says "
    "scene search second section security see seen seized semi send sent serious service set "
    "shell shoot shooter shootout shop shoulder show showing sidewalk since sitting sleeping some "
    "someone sought sounds south standing started state stated statement station status stayed "
    "still stole stopped struck struggle student subject subjs suicidal suicide surrender suv t "
    "take taken talking target teens theft thigh threatened threatening three through told took "
    "trans transaction tried truck twice u unable under unk unknown unspec use used using van "
    "vehicles vehs verbal via vics victims violation walk walked want wanted wants warrant way "
    "weapon weapons week well went west whi whipped window within without work would wound wounds "
    "wrong year years yelling yrs zone"
)
_COST: Final = {
    **dict.fromkeys(_AT_TIMES.split(), 12.0),
    **dict.fromkeys(_OFTEN.split(), 50.0),
    **dict.fromkeys(_EVERYWHERE.split(), 400.0),
}


def cost(stem: str) -> float:
    """The relative cost of looking for ``stem``: how often it will turn up in vain."""
    if len(stem) == 1:
        return 400.0
    return _COST.get(stem, 0.2 if len(stem) > 3 else 1.0)
