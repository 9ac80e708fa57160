"""Names of units of measure in other languages than English, by their English names."""

from __future__ import annotations

__all__ = ["FOREIGN_UNITS", "foreign_unit"]

# Left out is what means another thing in English, or what may count things: "ans", "livres", "분".
FOREIGN_UNITS = {
    "meter": "mètre mètres metro metros metri метр метра метров метры metr metry metrów",
    "centimeter": "centimètre centimètres centímetro centímetros centimetro centimetri Zentimeter сантиметр сантиметра сантиметров centymetr centymetry centymetrów santimetre",
    "millimeter": "millimètre millimètres milímetro milímetros millimetro millimetri миллиметр миллиметра миллиметров milimetr milimetry milimetrów milimetre",
    "kilometer": "kilomètre kilomètres kilómetro kilómetros quilômetro quilômetros chilometro chilometri километр километра километров kilometr kilometry kilometrów kilometre",
    "gram": "gramo gramos grama gramas grammo grammi Gramm грамм грамма граммов gramy gramów",
    "kilogram": "kilogramme kilogrammes kilogramo kilogramos quilograma quilogramas chilogrammo chilogrammi Kilogramm килограмм килограмма килограммов kilogramy kilogramów",
    "liter": "litro litros litri литр литра литров litr litry litrów",
    "milliliter": "mililitro mililitros millilitro millilitri миллилитр миллилитра миллилитров mililitr mililitry mililitrów",
    "second": "seconde secondes segundo segundos secondo secondi Sekunde Sekunden seconden секунда секунды секунд sekundy sekund saniye giây",
    "minute": "minuto minutos minuti Minute Minuten minuut minuten минута минуты минут minuty minut dakika phút",
    "hour": "heure heures hora horas ora ore Stunde Stunden uur uren час часа часов godziny godzin saat giờ",
    "day": "jour jours día días dia dias giorno giorni Tag Tage Tagen dag dagen день дня дней dni gün ngày",
    "week": "semaine semaines semana semanas settimana settimane Woche Wochen weken неделя недели недель tygodnie tygodni hafta tuần",
    "month": "mois mes meses mês mese mesi Monat Monate Monaten maand maanden месяц месяца месяцев miesiące miesięcy tháng",
    "year": "année années año años ano anos anno anni Jahr Jahre Jahren jaar год года лет lata lat năm",
    "degree": "degré degrés grado grados grau graus gradi Grad градус градуса градусов stopni",
    "dollar": "dólar dólares dollaro dollari доллар доллара долларов dolary dolarów dolar",
    "euro": "евро",
    "ruble": "рубль рубля рублей Rubel",
}  # fmt: skip
"""The names as they are written; those of more than three letters count in any case."""

_ENGLISH = {
    name: unit
    for unit, names in FOREIGN_UNITS.items()
    for written in names.split()
    for name in (written, *((written.casefold(),) if len(written) > 3 else ()))
}


def foreign_unit(phrase: str) -> str:
    """The English name of the unit that a phrase of another language begins with, if it does.

    Example:
        >>> foreign_unit("millimètres de cire"), foreign_unit("pommes"), foreign_unit("Stunden")
        ('millimeter', '', 'hour')
    """
    first = phrase.split(" ", 1)[0].rstrip(".,;")
    return _ENGLISH.get(first) or _ENGLISH.get(first.casefold(), "")
