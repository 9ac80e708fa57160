"""Tables of units: their spellings, the currencies' codes and signs, and the words of scale and share."""

from __future__ import annotations

__all__ = [
    "CURRENCIES",
    "CURRENCY_CODES",
    "POWERS",
    "SCALES",
    "SHARES",
    "SPELLINGS",
    "TEMPERATURES",
]

# Each unit by the name that the units library knows, with the spellings that mean it. Spellings of
# one to three letters count as written, since mW is no MW; longer ones in any case.
SPELLINGS = {
    "meter": "m meters metre metres 米",
    "centimeter": "cm cms centimeters centimetre centimetres 厘米",
    "millimeter": "mm millimeters millimetre millimetres 毫米",
    "decimeter": "dm decimeters decimetre decimetres",
    "kilometer": "km kms kilometers kilometre kilometres 千米 公里",
    "inch": "in inches",
    "foot": "ft feet",
    "yard": "yd yds yards",
    "mile": "mi miles",
    "nautical_mile": "nmi",
    "furlong": "furlongs",
    "angstrom": "Å angstroms ångström ångstroms",
    "picometer": "pm picometers picometre picometres",
    "femtometer": "fm femtometers femtometre femtometres",
    "astronomical_unit": "AU",
    "parsec": "pc parsecs",
    "gram": "g gm gms grams gramme grammes 克",
    "kilogram": "kg kgs kilograms kilo kilos 千克 公斤",
    "milligram": "mg milligrams",
    "pound": "lb lbs pounds",
    "ounce": "oz ounces",
    "stone": "stones",
    "ton": "tons",
    "metric_ton": "t tonne tonnes",
    "dalton": "Da daltons amu",
    "liter": "l L liters litre litres ltr ltrs",
    "milliliter": "ml mL milliliters millilitre millilitres cc",
    "centiliter": "cl cL centiliters centilitre centilitres",
    "deciliter": "dl dL deciliters decilitre decilitres",
    "gallon": "gal gallons",
    "quart": "qt quarts",
    "pint": "pt pints",
    "cup": "cups",
    "tablespoon": "tbsp tablespoons",
    "teaspoon": "tsp teaspoons",
    "fluid_ounce": "floz",
    "hectare": "ha hectares",
    "acre": "acres",
    "nanometer": "nm nanometers nanometre nanometres",
    "micrometer": "um μm micron microns micrometers micrometre micrometres",
    "light_year": "ly lightyear lightyears",
    "microgram": "ug mcg micrograms",
    "nanogram": "ng nanograms",
    "microliter": "ul uL microliters microlitre microlitres",
    "millisecond": "ms msec milliseconds",
    "microsecond": "us microseconds",
    "nanosecond": "ns nanoseconds",
    "picosecond": "ps picoseconds",
    "femtosecond": "fs femtoseconds",
    "second": "s sec secs seconds 秒",
    "minute": "min mins minutes 分钟",
    "hour": "h hr hrs hours 小时",
    "day": "d days",
    "week": "weeks wk wks",
    "month": "months mo mos",
    "year": "yr yrs years",
    "decade": "decades",
    "century": "centuries",
    "degree": "deg degs degrees °",
    "radian": "rad rads radians",
    "steradian": "sr steradians",
    "cent": "cents",
    "newton": "N newtons", "kilonewton": "kN kilonewtons", "millinewton": "mN",
    "joule": "J joules", "kilojoule": "kJ kilojoules", "millijoule": "mJ", "gigajoule": "GJ",
    "megajoule": "MJ", "calorie": "cal calories", "kilocalorie": "kcal kilocalories",
    "erg": "ergs", "dyne": "dyn dynes", "electron_volt": "eV", "millielectron_volt": "meV",
    "kiloelectron_volt": "keV", "megaelectron_volt": "MeV", "gigaelectron_volt": "GeV",
    "teraelectron_volt": "TeV", "kilowatt_hour": "kWh", "watt_hour": "Wh", "megawatt_hour": "MWh",
    "watt": "W watts", "kilowatt": "kW kilowatts", "megawatt": "MW megawatts", "milliwatt": "mW",
    "gigawatt": "GW gigawatts", "horsepower": "hp", "british_thermal_unit": "BTU Btu",
    "volt": "V volts", "millivolt": "mV millivolts", "kilovolt": "kV kilovolts",
    "microvolt": "uV", "megavolt": "MV",
    "ampere": "A amp amps amperes", "milliampere": "mA milliamps", "microampere": "uA",
    "kiloampere": "kA", "nanoampere": "nA",
    "ohm": "Omega ohms", "kiloohm": "kOmega kohm kilohm kilohms", "megaohm": "MOmega megohm megohms",
    "siemens": "S mho", "hertz": "Hz", "kilohertz": "kHz kilohertz", "megahertz": "MHz",
    "gigahertz": "GHz", "terahertz": "THz", "pascal": "Pa pascals", "kilopascal": "kPa",
    "megapascal": "MPa", "gigapascal": "GPa", "hectopascal": "hPa", "bar": "bars",
    "millibar": "mbar mb", "atmosphere": "atm atmospheres", "torr": "Torr", "mmHg": "",
    "psi": "", "pound_force": "lbf",
    "kelvin": "K kelvins", "degC": "degreeC celsius", "degF": "degreeF fahrenheit",
    "mole": "mol mols moles", "millimole": "mmol mmols millimoles", "kilomole": "kmol",
    "micromole": "umol micromoles", "nanomole": "nmol",
    "coulomb": "C coulombs", "millicoulomb": "mC", "microcoulomb": "uC microcoulombs",
    "nanocoulomb": "nC",
    "farad": "F farads", "microfarad": "uF microfarads", "nanofarad": "nF", "picofarad": "pF",
    "millifarad": "mF", "tesla": "T teslas", "millitesla": "mT", "microtesla": "uT",
    "gauss": "G", "weber": "Wb webers", "henry": "H henries henrys", "millihenry": "mH",
    "microhenry": "uH", "lumen": "lm lumens", "lux": "lx", "candela": "cd candelas",
    "becquerel": "Bq becquerels", "gray": "Gy grays", "sievert": "Sv sieverts",
    "poise": "", "decibel": "dB decibels", "rpm": "",
    "knot": "kn knots",
    "bit": "bits", "byte": "bytes", "kilobit": "kbit kb kilobits", "megabit": "Mbit Mb megabits",
    "gigabit": "Gbit Gb gigabits", "kilobyte": "kB KB kilobytes", "megabyte": "MB megabytes",
    "gigabyte": "GB gigabytes", "terabyte": "TB terabytes", "kibibyte": "KiB", "mebibyte": "MiB",
    "gibibyte": "GiB",
}  # fmt: skip

CURRENCIES = {
    "dollar": "USD dollars bucks US$", "euro": "EUR euros €", "sterling": "GBP £", "yen": "JPY yens ¥",
    "yuan": "CNY RMB renminbi", "rupee": "INR Rs rupees ₹", "franc": "CHF francs Fr", "won": "KRW ₩",
    "ruble": "RUB rubles roubles rouble ₽", "peso": "MXN pesos ₱", "real": "BRL R$ reais",
    "Australian_dollar": "AUD A$", "Canadian_dollar": "CAD C$", "Hong_Kong_dollar": "HKD HK$",
    "Singapore_dollar": "SGD S$", "New_Zealand_dollar": "NZD NZ$", "Taiwan_dollar": "TWD NT$",
    "krona": "SEK kronor", "krone": "NOK kroner", "Danish_krone": "DKK", "zloty": "PLN zł",
    "lira": "TRY ₺", "rand": "ZAR", "baht": "THB ฿", "dong": "VND ₫", "rupiah": "IDR Rp",
    "ringgit": "MYR RM", "naira": "NGN ₦", "shilling": "KES Ksh", "cedi": "GHS", "dirham": "AED",
    "riyal": "SAR", "shekel": "ILS NIS ₪ shekels", "taka": "BDT Tk", "Philippine_peso": "PHP",
    "Pakistani_rupee": "PKR", "Sri_Lankan_rupee": "LKR", "pound_of_Egypt": "EGP", "koruna": "CZK Kč",
    "forint": "HUF Ft", "leu": "RON", "hryvnia": "UAH ₴", "bitcoin": "BTC ₿",
}  # fmt: skip
"""Each currency with its codes, signs and plurals."""

CURRENCY_CODES = tuple(
    spelling
    for spellings in CURRENCIES.values()
    for spelling in spellings.split()
    if not (spelling.isascii() and spelling.islower())
)
"""What may stand before an amount."""

TEMPERATURES = {
    "kelvin": ("1", "0"), "degC": ("1", "273.15"), "degF": ("5/9", "45967/180"),
}  # fmt: skip
"""Of each temperature scale one degree in kelvins, and where its zero is."""

POWERS = {"square": "^2", "sq": "^2", "squared": "^2", "cubic": "^3", "cu": "^3", "cubed": "^3"}

SCALES = {
    "ten": 10, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9,
    "trillion": 10**12, "quadrillion": 10**15, "quintillion": 10**18, "sextillion": 10**21,
    "dozen": 12, "lakh": 10**5, "crore": 10**7, "mn": 10**6, "mln": 10**6, "mio": 10**6,
    "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12, "mil": 10**3, "mille": 10**3,
    "mill": 10**6, "millionen": 10**6, "milliard": 10**9, "milliarde": 10**9, "milliarden": 10**9,
    "millones": 10**6, "millón": 10**6, "millon": 10**6, "milhões": 10**6, "milioni": 10**6,
    "тысяч": 10**3, "тысячи": 10**3, "миллион": 10**6, "миллионов": 10**6, "миллиардов": 10**9,
    "十": 10, "百": 100, "千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12,
    "만": 10**4, "억": 10**8, "triệu": 10**6, "tỷ": 10**9, "nghìn": 10**3,
    "tausend": 10**3, "hundert": 100, "duizend": 10**3, "mila": 10**3, "тыс": 10**3, "тысяча": 10**3,
    "tysiące": 10**3, "tysięcy": 10**3, "ribu": 10**3, "juta": 10**6, "миллиона": 10**6,
    "miljoen": 10**6, "miliony": 10**6, "milionów": 10**6,
    "bin": 10**3, "tusen": 10**3, "tusind": 10**3, "ezer": 10**3, "mie": 10**3, "mii": 10**3,
    "tuhat": 10**3, "tuhatta": 10**3, "milyon": 10**6, "milion": 10**6, "miljon": 10**6,
    "miljoner": 10**6, "milioane": 10**6, "miljoona": 10**6, "miljoonaa": 10**6,
    "milyar": 10**9, "miliard": 10**9, "miliardy": 10**9, "miliarda": 10**9, "miljard": 10**9,
    "miljarder": 10**9, "miliarde": 10**9, "miljardi": 10**9, "miljardia": 10**9,
    "trilyon": 10**12,
}  # fmt: skip
"""Words that multiply the number before them; a plural in s is one, too."""

SHARES = {
    "per mille": 1000, "per mil": 1000, "permille": 1000, "permil": 1000, "‰": 1000,
    "basis points": 10**4, "basis point": 10**4, "bps": 10**4, "bp": 10**4, "bips": 10**4,
    "‱": 10**4, "ppm": 10**6, "parts per million": 10**6, "parts per thousand": 1000,
    "ppb": 10**9, "parts per billion": 10**9,
}  # fmt: skip
"""Words that make a share of the number before them, as percent does."""
