"""How common a word is in ordinary narratives, so that the compiler can choose the rarer one.

Five tiers, by the share of narratives (English police narratives; for Spanish the words that
any text is full of) that hold the word: 3 %, 0.8 %, 0.25 %, 0.09 %, 0.03 % or more. A word
that is not listed counts as rare. A missing word costs time, never a finding.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from itertools import islice, takewhile
from typing import Final

_EVERYWHERE: Final = (
    "1 2 a after and at by car como do does during fired for found from gun hay home in its "
    "killed les male man me my near no of on our police rp s shot shots stolen suspect the to "
    "usted victim w was we with ya you your"
)
# Words that any Spanish text is full of, and an English one is not.
_IN_SPANISH: Final = (
    "al con cual de del donde el ella en es esta este fue ha la las lo los mi nos para pero por "
    "que se si sin su sus te tu un una"
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
_NOW_AND_THEN: Final = (
    "100 11 1198 12 122 12ga 13 14 15 16 17 18 19 1mv 1mvk 1st 20 200 2015 2016 2017 2021 2022 "
    "20s 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 357 36 37 380 39 3rd 42 50 80 86 90 91 911 "
    "93 95 97 98 aban abandoned ability able access accident according across act acting action "
    "activity actually add added additional addr adult advs against agent agreed agreement "
    "airport alcohol alert alleged allow allowed almost along already ammunition ankle answer "
    "anyone anything apparent appeared application applied apply apprehended approached ar15 "
    "arguing arms arrive arrived asking assaulted assist assistance associated atm attached "
    "attack attacked attempting attorney authorization auto available baby backpack backyard bad "
    "bag barricaded based basketball bat bathroom beach bed bedroom began beh believe belong bf "
    "bicycle bill black bldg blotter blu blue blvd boulevard box branch brandishing breach "
    "breaking breathing bridge broad brothers brought btwn burglar bushes bust c2 c4 california "
    "camp capital care carjacked carjacking carry carrying cart casing caught cause caused "
    "causing cell central cfpb change charging charlotte chased checked checking chevy chicago "
    "chp church claimed cleaning clear close cocaine code collect college colorado coming "
    "communication community concealed concern condition confirmation confirmed confrontation "
    "confronted connected construction contacting continue contract convenience conversation "
    "convicted cop cops corner correct couple cousin covid creditor crime crowd ctw current "
    "currently customers cut damaged data days db defaced defense delete delivery demand denied "
    "deposit dept deputies deputy despite detail details didnt directly discharge discharged "
    "disconnected discovered disputed distress disturbance documentation doesnt dogs dollar done "
    "dont doors dorchester double downtown dr drinking drivers drop dropped drunk dui dumpster "
    "early either elderly else emergency emp employees ended ends entered entrance equifax er "
    "error escalated escaped ever every everything exchanged exit experian explained extra fact "
    "fail failed false far fcra federal fee feel fell felony fence few field fighting finally "
    "finance financial five fleeing flees follow followed food forced ford form former four "
    "friends ftc fund ga game garage garfield gate gave general girlfriends give given goes grand "
    "graze green grn groin ground groups gsw guard guilty gunman gunshots hall hang happened hard "
    "having hear hearing hears heights heroin herself highway higuera hill hip history hits "
    "hitting hold holding holes homeless homes homicide honda hostage houses housing however hs "
    "humboldt hunting hurt hwy illegally im immed immediately inaccurate incidents included "
    "including incorrect inflict informed init initially inn inquiry instead insurance interest "
    "international intersection interstate intoxicated intruder invaders investigate issued "
    "issues item ive jackson jan jeep job johnson juvenile juveniles keep kept kicked kidnapped "
    "kidnapping kids kill killing knee knew lake lawndale laying leaves legs leo let license life "
    "light liquor little lobby loc local located locations locked log loitering look looking lost "
    "lounge lovr lower ls madonna mailed main mall manager mans market marsh mart masked mass "
    "matter mean medical members memphis mental message meth method midnight mile min mine minor "
    "mins minutes misdial missed mm mobile model monthly morning mortgage motel motorcycle moved "
    "moving much must nashville national needed neg negative neighbors night nightclub noise note "
    "noticed notification notified numerous obtain occ occd older once ongoing onto orange order "
    "originally outstanding overnight owe owed own owned parents part partially passed passing "
    "patient patrol paying pdt peaceful pellet period permit perpetrators personal ph "
    "philadelphia pickup pistols pizza placed points possibly post posted practice prefix "
    "pregnant present previous previously private problem process prop pst pub public pull pulls "
    "purchase purchased purse pursuit question ramp random range rate re reach reached real "
    "realistic really reason receipt receive receiving recent recently refund refuse released "
    "reopened rep reports representative requesting required res resd residents resolve resolved "
    "responded responsible resulted return review richmond riding river roadway robberies robbers "
    "robs roommate round rounds rt run rv safe sale san santa sat saw sawed schools scooter score "
    "screaming seat secured sedan seems semiauto sentenced separate serial serving setting "
    "sheriffs shooters shootings shopping short shotguns shotspotter showed sign signed signs sil "
    "silver similar single sister site situation small smoke smoking social sold something source "
    "space spaces spanish speak speaking spoke spree springs square stabbed staff stage start "
    "stating steal stealing step stomach storage stray students submitted supervisor support "
    "supposed sure susp suspected swat system taking talk targeted taurus tc team telephone tell "
    "term text thank therefore thing think thinks third though thought threatens threats threw "
    "throwing thru tied today top torso total toward town toyt trail trailer transfer transferred "
    "transients transunion trash treated tree tries true try turn turned twds type uncooperative "
    "undercover understand union unit university unloaded unspecified until update upon upper "
    "valid valley verification verified verify very video view village violence vm voices vs wait "
    "waiting wall wallet warning washington water wearing website whether white windows witness "
    "womans women worker working writing written yard yet young younger yr"
)
#: Only words of the rules: no others are looked up.
_SELDOM: Final = (
    "108 130 131 151 205 360 400 94 ab academy accused active actual addition admin admitted "
    "advance advise advises af afraid african again agents aggravated aid ak alabama algiers "
    "allegedly alone als although always ama ambulance america american amt angeles animal anne "
    "ans anti antique antonio ap app apparently appear applying approved arkansas arresting "
    "arrival arroyo art assailant attacker attackers attending attic atv aunt authority "
    "authorized av axe ba bac badge bags bail balcony band baptist barn bars base basement bath "
    "bay beaufort became beer believes bet bfs bi bills bingo birth birthday bit blind bo boa "
    "board boat bodega bond bonfire book border borrowed boss bought bound boys bp breaks bring "
    "brings bro bros bu built bulldog bunch burger burn burning busy cab cabinet cable cache cafe "
    "cafeteria calf cali calle calls cam camera camper camping camps canal cancel canceled "
    "cancelled candy cannot cant cap cape caps capture captured cards carolina carried cas casino "
    "castle cat catch ceiling centre cerro ch cha chain channel chasing che checkpoint childhood "
    "childrens childs chin china chinese chorro christmas circle cite citi citizen citizens civil "
    "claiming claims class cleaners clearly clerks client clinic coalition coast cobra coffee "
    "cold color columbia com comes command commerce commercial complainant complete completely "
    "computer concerned concerning concert conduct confirm control cook cooking corps costa "
    "costco couldnt counter counterfeit couples course courthouse cousins cover covered covering "
    "coworker coworkers cr cream crew criminal crisis cross crossed crossing crosswalk crystal cu "
    "cup curfew customs cutting da dad dallas dance dancing danger dating daughters david davis "
    "daycare debit debris deceased deck declined deer def defend deli deliver delivered den deny "
    "depot desc described description desert desk detain detained detention determine di die "
    "diego dies digging dinner direction dirty dis discover disp dispatch display displayed "
    "divorce doc dock doctor doing dorm dot downstairs dragged dressed drink driven dry du dumped "
    "dumping dur eagle eastern eating eb ed edge education eight electrical eleven em employer "
    "employment encampment ending enforcement engine english enroute enrt enter entering enters "
    "equipment escape estates eta event everyone eviction exact exactly exhaust exp expelled "
    "expired express exs extend extended exterior eye faces facility facing fake fall falls "
    "families familys fargo farm fathers fax fbi fe fellow females fentanyl fi fiance fiancee "
    "fiesta film final finding fireworks fish fishing fixed flag florida flying fo football force "
    "forest forwarded fou freeway freezer french freshman fruit fs fugitive funeral gangs garcia "
    "garden georgia german gets gfs gift girls god gold goods government grabbed graffiti "
    "granddaughter grandfather grandmother grandmothers grandparents grandson gray great grenade "
    "grey grill grocery grove guest guy guys gym hair half hallway han hanging hasnt hat hatch "
    "hate havent headed health heat hed helicopter helped helping hers hes hid hiding hills hm ho "
    "hockey holder holds holiday hom homeowners hond hoodie horn hot hotline houston hu human "
    "hundreds husbands ia ice idd identification identified identify ignored ii il ill illinois "
    "imm include income indian indiana indicate individual individuals infant informant inmate "
    "ins inspection internet ir irish island islands isnt jacket jail jamaica jersey jones jose "
    "judge jump jumped juv juvs k9 kansas keeps kel kentucky key keys ki kia kid kind kitchen "
    "knives knocked knocking knows ky lab labor ladder lady land landing landlord language lap "
    "laptop laredo laser latin lay leak lease lee legally legion less letting level li library "
    "lic lieutenant lifted lights limit list lit lived load loading lodged longer lots louis "
    "luggage luis ma mac machine macon mag makes mal manner mar march maria marina marine mark "
    "marked married marshall martin mask massachusetts match maybe meadow media mens merchant met "
    "meter methodist metro mexican mexico miami michael michigan mid might miles military miller "
    "minors mississippi missouri mn mo mob mom moms mon monitor montana months mos most mothers "
    "motor move movie mr ms muhammad museum na named nation nb nd ne needs neither nephew news nh "
    "niece nine nobody none noon norfolk normal northern nov numbers nurse ny object occupant "
    "occupants offender offered ohio ok ong operation ordered orig os ot ou owners ownership owns "
    "pa pack package pain painting pair panel papa paper paperwork par parade paranoid parent "
    "parker parole parolee parties partner partys pas paso pass passengers passport pastor "
    "patients patio patricia patron patrons paul pe pedestrian pedestrians pellets pending "
    "peoples permission permitted persons photos physically pick picked picking picnic pictures "
    "piece pile pine pipe pit placard plan plant plates play players plus po pointe pole pond "
    "pool port porta pos posed posing possess possessing power ppl pre premises president prev "
    "prince prison prisoner pro prob probably probation processed product professor program "
    "prohibited proper properly protection prove pt puppy pursuing putting ra race racing radio "
    "raided raids rail railroad raised rang rap read recd reception recipient recorded records "
    "ref refuses reg regard region register registered registration rejected rel relative "
    "relatives remaining removal rental reporte reportedly reporter requires rescue reservation "
    "resi residen restraining returning revoked ri ridge rink rio ro rolling roof roommates rosa "
    "route row runs russian sa sac sales salon sam saturday save sb scam scared scheduled sd sea "
    "searching sec seek sees selling senior separated sept sergeant serve served services seven "
    "sex sgt shall share shed shelter shepherd shes shirt sho should shown shows sibling siblings "
    "sid sierra signal signature signing sim sis sisters six sky smith snow soccer sol sometimes "
    "sons soon sort sos sou southeast southern speaker special specify speed spent sports spot "
    "spotted spring squad sr stairs stairwell stat states statue stay staying stepdaughter "
    "stepfather steps stepson stock stops stores stories storm story str strip structure sts "
    "studio stuff style sub subjects submit suitcase summer sunday super supporting surgery ta "
    "table tac tackled tag takes tan tattoo tax taxi teacher tee teenager teenagers television "
    "telling temp temporary ten tenant tenants tennessee terminal test texas than themselves "
    "theyre thomas those throw thrown thu ti tim tip title tn tobacco tonight too tot tow "
    "township toy tra track trade trafficking train training tran transit travel traveled trees "
    "tri trip trouble trunk tsa turning tv twp types uber uc unauthorized uncertain uncle uncles "
    "uni united units unlawful unlawfully unregistered upstairs usa usc uses uso ut utility va "
    "vague validate ve vendor venue vet vi vict vigil virginia visa visit visiting visitor vista "
    "voluntary wa waiver wal walmart wanting war ward washing wasnt watch watching wb wc wed "
    "wedding weed weeks wells western wf whole whom why wi wifes williams win windshield wit "
    "withdraw withdrawn witnessed witnesses wm wo womens wont word worked workers works worried "
    "wouldnt ye yoa york youth"
)
_COST: Final = {
    **dict.fromkeys(_SELDOM.split(), 2.0),
    **dict.fromkeys(_NOW_AND_THEN.split(), 4.0),
    **dict.fromkeys(_AT_TIMES.split(), 12.0),
    **dict.fromkeys(_OFTEN.split(), 50.0),
    **dict.fromkeys(_IN_SPANISH.split(), 40.0),
    **dict.fromkeys(_EVERYWHERE.split(), 400.0),
}
_SORTED: Final = sorted(_COST)
_SHARE_OF_COST: Final = 0.02
_SHARE_OF_LETTER: Final = 4.0
_SHARE_OF_RARE: Final = 0.001


def cost(stem: str) -> float:
    """The relative cost of looking for the word ``stem``: how often it will turn up in vain."""
    if len(stem) == 1:
        return 400.0
    return _COST.get(stem, 0.2 if len(stem) > 3 else 0.4)


@cache
def cost_of_beginning(prefix: str) -> float:
    """The same for all words that begin with ``prefix``."""
    return cost(prefix) * 2 + _beginning(prefix) if len(prefix) > 1 else 400.0


def share(word: str) -> float:
    """In how many of a hundred ordinary English narratives ``word`` is, about."""
    if len(word) == 1 and word.isascii():
        return _SHARE_OF_LETTER
    found = _COST.get(word)
    if found is not None:
        return found * _SHARE_OF_COST
    short = len(word) < 4 and word.isascii() and word.isalpha()
    return _SHARE_OF_RARE * 20 if short else _SHARE_OF_RARE


@cache
def share_of_beginning(prefix: str) -> float:
    """The same for all words that begin with ``prefix``."""
    return share(prefix) * 2 + _beginning(prefix) * _SHARE_OF_COST


@cache
def _beginning(prefix: str) -> float:
    """The costs of all listed words that begin with ``prefix``."""
    words = islice(_SORTED, bisect_left(_SORTED, prefix), None)
    return sum(_COST[word] for word in takewhile(lambda word: word.startswith(prefix), words))
