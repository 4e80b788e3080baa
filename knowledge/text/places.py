"""Countries, regions and cities that shoppers name, and the ways they write them.

The list is our own. Babel's names of territories in eight languages, added to it, changed 4 of 2,838 questions of
fifteen shops: of the 1,676 that pages of fourteen answer, the right section came first 908 times instead of 910,
and among three 1,169 instead of 1,168. That is too few to prefer either, but goods and plain English words are among
those names (jersey, chili, and German's island), and in all of Babel's languages pole, end and man as well.
"""

from __future__ import annotations

from typing import Final

_ALSO: Final[dict[str, tuple[str, ...]]] = {
    "Austria": ("österreich",),
    "Belgium": ("belgique", "belgië", "belgie"),
    "Bulgaria": (),
    "Croatia": (),
    "Cyprus": (),
    "Czech Republic": ("czechia",),
    "Denmark": ("danmark",),
    "Estonia": (),
    "Finland": ("suomi",),
    "France": (),
    "Germany": ("deutschland",),
    "Greece": (),
    "Hungary": (),
    "Ireland": ("eire",),
    "Italy": ("italia",),
    "Latvia": (),
    "Lithuania": (),
    "Luxembourg": (),
    "Malta": (),
    "Netherlands": ("holland", "nederland"),
    "Poland": ("polska",),
    "Portugal": (),
    "Romania": (),
    "Slovakia": (),
    "Slovenia": (),
    "Spain": ("españa", "espana"),
    "Sweden": ("sverige",),
    "United Kingdom": ("uk", "great britain", "britain", "england", "scotland", "wales"),
    "Northern Ireland": (),
    "Norway": ("norge",),
    "Switzerland": ("schweiz", "suisse", "svizzera"),
    "Iceland": (),
    "Liechtenstein": (),
    "Andorra": (),
    "Monaco": (),
    "Ukraine": (),
    "Serbia": (),
    "Turkey": ("türkiye",),
    "Albania": (),
    "Moldova": (),
    "Montenegro": (),
    "Bosnia": (),
    "Kosovo": (),
    "Russia": (),
    "Belarus": (),
    "United States": ("usa", "united states of america", "u.s."),
    "Canada": (),
    "Mexico": (),
    "Brazil": (),
    "Argentina": (),
    "Chile": (),
    "Colombia": (),
    "Peru": (),
    "Australia": (),
    "New Zealand": (),
    "Japan": (),
    "China": (),
    "South Korea": ("korea",),
    "India": (),
    "Pakistan": (),
    "Bangladesh": (),
    "Sri Lanka": (),
    "Nepal": (),
    "Singapore": (),
    "Malaysia": (),
    "Indonesia": (),
    "Thailand": (),
    "Vietnam": (),
    "Philippines": (),
    "Hong Kong": (),
    "Taiwan": (),
    "Israel": (),
    "Saudi Arabia": (),
    "United Arab Emirates": ("uae", "dubai"),
    "Qatar": (),
    "Kuwait": (),
    "Egypt": (),
    "Morocco": (),
    "Tunisia": (),
    "Algeria": (),
    "South Africa": (),
    "Nigeria": (),
    "Kenya": (),
    "Ghana": (),
    "Europe": (),
    "European Union": ("eu",),
}

_CITIES_AND_REGIONS: Final = """
aachen afghanistan africa alaska amman amsterdam ankara arabia arizona asia assam athens atlanta baghdad bahrain
bali baltimore bangalore bangkok barcelona bavaria beijing beirut belfast belgrade berlin bhutan bihar birmingham
bogota bohemia bolivia bombay boston botswana brandenburg brasil bratislava brighton brisbane bristol brittany
brooklyn brussels bucharest buckinghamshire budapest burma burundi cairo calcutta california cambodia cambridge
canberra cardiff catalonia chennai chicago cincinnati cleveland colombo colorado congo constantinople copenhagen
cornwall crete croydon cumbria czechoslovakia dallas damascus delaware delhi denver derbyshire detroit dhaka doha
dublin durban durham dusseldorf ecuador edinburgh ethiopia fiji flanders florida frankfurt fresno galicia galway
gdansk geneva genoa georgetown georgia glasgow gothenburg guatemala gujarat guyana haifa haiti hamburg hanoi havana
hawaii helsinki herzegovina hesse hokkaido hollywood honduras houston hyderabad iran iraq islamabad istanbul jaipur
jakarta jamaica jammu jerusalem johannesburg jordan kabul kansas karachi karnataka kashmir kazakhstan kensington
kent kerala khorasan kiev knoxville kolkata krakow kurdistan kyiv kyoto lagos lahore lancashire lausanne lebanon
leeds leicester leicestershire liberia lima lisbon liverpool london louisiana macedonia madras madrid maharashtra
maine malawi malaya maldives mali malmo manhattan manila marquette marseille maryland mauritius melbourne miami
michigan midlands milan milwaukee minneapolis mississippi monterey montpellier montreal moscow mumbai munchen munich
myanmar nairobi namibia naples nashville norfolk nottingham nottinghamshire oakland ohio oman osaka oslo palestine
paris patna penang pennsylvania perth peshawar philadelphia pittsburgh prague pretoria pune punjab quebec queensland
rajasthan riga rochester rome rotherham rotterdam rwanda sacramento sahara salzburg sarajevo sarawak sardinia saudi
saxony scandinavia seattle senegal seoul sevilla seville shanghai sheffield shenzhen siberia sicily somalia
stockholm strasbourg stuttgart surrey sussex sydney syria taipei tajikistan tallinn tanzania tasmania tbilisi tehran
telangana tennessee texas thessaloniki tirana tokyo toronto transylvania trieste trinidad trondheim tunis tuscany
uganda uruguay utah valencia vancouver venezuela venice vienna vilnius warsaw warwickshire washington wellington
williamsburg wisconsin wolverhampton wurttemberg yemen yokohama york yorkshire yugoslavia zagreb zambia zimbabwe
zurich
"""

# As written in lower case → as we say it.
PLACES: Final = {
    **{name: name.title() for name in _CITIES_AND_REGIONS.split()},
    **{name.lower(): name for name in _ALSO},
    **{written: name for name, also in _ALSO.items() for written in also},
}
