"""Words that say what kind of place it is, in the languages that news and gazetteers use."""

from annotator.domain.entities import PlaceLevel

_WORDS: dict[PlaceLevel, str] = {
    PlaceLevel.PROVINCE: """
        province provincial state governorate oblast oblasti oblys krai kray republic wilaya wilayah wilayat velayat
        vilayat viloyat viloyati velayati voblast muhafazah mohafazat muhafazat region estado provincia provincie
        provinz departamento departement region bundesland wojewodztwo voivodeship judet ostan ili eyalet
        prefecture canton kanton kraj zupanija okrug emirate""",
    PlaceLevel.DISTRICT: """
        district districts county municipality subdistrict woreda zone raion rayon tuman shahrestan wuleswali uluswali
        ilce ilcesi qada qadaa kaza caza mudiriyah mudiriyat upazila tehsil tahsil taluk taluka zila kabupaten kecamatan
        kreis landkreis bezirk gmina powiat arrondissement commune comune municipio concelho distrito lga
        borough parish kommun kommune kunta township sector cercle markaz nahiyah nahia""",
    PlaceLevel.POPULATED_PLACE: """
        city town village villages hamlet settlement capital ciudad ville cidade stadt shahr qala qalay kalay kalai
        kelay kili qarya qaryat khirbat gorod selo derevnya posyolok koy koyu mahalle neighbourhood neighborhood
        suburb""",
    PlaceLevel.SITE: """
        airport airfield airbase base bridge dam mosque church hospital school university prison checkpoint crossing
        checkpost outpost castle palace bazaar square street road highway junction station stadium
        refinery mine factory building tower""",
    PlaceLevel.NATURAL_FEATURE: """
        valley river mountain mountains mount pass hill hills lake desert island islands peninsula bay forest
        plain plateau wadi jabal jebel djebel koh kuh darya darrah dara kotal strait sea basin canal cave coast""",
}
LEVEL_OF: dict[str, PlaceLevel] = {word: level for level, words in reversed(_WORDS.items()) for word in words.split()}
"""What kind of place a word stands for."""
GENERIC = frozenset(LEVEL_OF) | frozenset("of de da di du del des der den van von och und and y area".split())
"""Words that are left out when names are compared, unless nothing else is left."""
