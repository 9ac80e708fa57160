"""Last sentences that state one number, as languages other than English write it."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, CheckAnswer, compare
from grpo_rewards.wording.foreign_units import FOREIGN_UNITS, foreign_unit

CHECK = CheckAnswer(format=FREEFORM)
ABOVE = "40 - 19 = 21\n\n"

STATED = """
Donc, Marie a dépensé un total de 21,00 $ pour l'achat de ces livres.
Entonces, Ana gastó un total de 21,00 $ en la compra de los libros.
Por lo tanto, Ana gastó 21,00 dólares en libros.
Portanto, Ana gastou um total de R$ 21,00 na compra das roupas.
Quindi, Anna ha speso un totale di 21,00 $ per l'acquisto dei libri.
Dus, Anna heeft in totaal 21,00 dollar uitgegeven aan boeken.
Zatem Anna wydała łącznie 21,00 zł na książki.
Таким образом, Анна потратила 21,00 доллара на книги.
Sonuç olarak, Ayşe kitaplara toplam 21,00 dolar harcadı.
Vậy Lan đã chi tổng cộng 21,00 đô la để mua sách.
Also verdient Anna 21,00 Euro.
Antwort: Anna macht einen Gewinn von 21,00 US-Dollar.
Réponse : Anna a dépensé 21,00 dollars pour ces livres.
したがって、アンナはダウンロードに21分かかることになります。
したがって、アンナはダウンロードに21分かかります。
したがって、アンナはダウンロードに21分かかりました。
したがって、アンナはダウンロードに21分かかったことになります。
したがって、アンナは21分かからずに終わることになります。
したがって、所要時間は21分ということになります。
したがって、合計は21個となるはずだということになります。
したがって、合計は21個となりました。
したがって、合計は21個となった。
したがって、アンナは21個持っていることになります。
したがって、アンナが着くときには21個になります。
Answer: Anna makes a profit of $21.00 if she makes and sells 20 candles.
So, Anna makes a profit of $21 when she sells 20 candles.
So, they make a profit of $21, if they sell 20 candles.
"""
NOT_STATED = """
Donc, Marie n'a pas dépensé 21,00 $ pour ces livres.
Donc, Marie a dépensé au moins 21,00 $ pour ces livres.
Donc, Marie a dépensé environ 21,00 $ pour ces livres.
Donc, Marie a dépensé 21,00 $ ou 22,00 $.
Donc, Marie a dépensé 21,00 $ de plus que Paul.
Donc, Marie a peut-être dépensé 21,00 $.
Donc, selon Paul, Marie a dépensé 21,00 $.
Donc, Marie a dépensé 21,00,5 $.
Por lo tanto, Ana no gastó 21,00 $ en libros.
Portanto, Ana não gastou R$ 21,00 em livros.
Quindi, Anna non ha speso 21,00 $ per i libri.
Dus, Anna heeft niet 21,00 dollar uitgegeven.
Zatem Anna nie wydała 21,00 zł na książki.
Таким образом, Анна не потратила 21,00 доллара.
Antwort: Anna hat keinen Gewinn von 21 Dollar gemacht.
Antwort: Anna ist mit keinem Gewinn von 21 Dollar nach Hause gekommen.
Antwort: In keiner Woche hat Anna 21 Dollar verdient.
したがって、アンナはダウンロードに21分かかるとは限りません。
したがって、アンナはダウンロードに21分もかからないことになります。
したがって、アンナはダウンロードに21分もかからないわけです。
したがって、アンナはダウンロードに21分もかからないためです。
したがって、アンナはダウンロードに21分もかからないのでよいです。
したがって、アンナはダウンロードに21分以上かかることになります。
したがって、アンナはダウンロードに21分かかるかもしれません。
したがって、ダウンロードは21分か22分かかることになります。
したがって、アンナは21分かかることにはなりません。
したがって、アンナは21分かかるわけではありません。
したがって、りんごは21個とみかんがあることになります。
したがって、21分か少し長くかかります。
Answer: Anna might make a profit of $21 if she sells 20 candles.
Answer: Anna makes more than $21 if she sells 20 candles.
Answer: Tom thinks that Anna makes $21 if she sells 20 candles.
So, Anna makes no profit of $21 if she sells 20 candles.
So, Anna makes $21 or less if she sells 20 candles.
So, Anna makes $22 if she sells 21 candles.
So, Anna makes a profit of $21 if she sells 20 candles, but that is wrong.
"""
# What is known beforehand stands behind such words: "in drei Tagen" and not "drei Äpfel".
KNOWN_BEFOREHAND = {
    "Antwort: Anna hat {} insgesamt 21 Stunden gearbeitet.": "an drei Tagen/in drei Tagen/für drei Freunde/nach drei Tagen/pro drei Tage/die drei Tage/den drei Tagen/der drei Freunde/diesen drei Freunden",
    "Réponse : Anna a acheté {} 21 livres.": "pour trois amis/en trois jours/après trois jours/les trois jours/des trois amis/ces trois jours",
    "Respuesta: Ana compró {} 21 libros.": "por tres amigos/para tres amigos/tras tres días/los tres días/las tres veces/estos tres días/en tres días",
    "Risposta: Anna compra {} 21 libri.": "per quattro amici/dopo quattro giorni/i quattro giorni/le quattro volte/in quattro giorni",
    "Resposta: Ana compra {} 21 livros.": "os sete dias/as sete vezes/em sete dias/por sete dias",
    "Ответ: Анна имеет {} всего 21 книгу.": "за три дня/через три дня/на три дня/из три дня/эти три дня/все три дня",
}
BUT = {
    "Antwort: Anna hat 21 Euro gespart, {} das stimmt so.": "aber/doch/jedoch",
    "Réponse : Anna a 21 livres, {} Paul rit.": "mais/cependant/pourtant",
    "Respuesta: Ana tiene 21 libros, {} Pablo ríe.": "pero",
    "Resposta: Ana tem 21 livros, {} Paulo ri.": "mas/porém",
    "Risposta: Anna ha 21 libri, {} Paolo ride.": "ma/però",
    "Antwoord: Anna heeft 21 boeken, {} Paul lacht.": "maar/echter",
    "Odpowiedź: Anna ma 21 książek, {} Paweł śmieje się.": "ale/jednak",
    "Ответ: Анна имеет 21 книгу, {} Павел смеётся.": "но/однако",
    "Cevap: Ayşe 21 kitap aldı, {} Ali güldü.": "ama/fakat/ancak",
    "Đáp số: Lan có 21 quyển sách, {} Nam cười.": "nhưng",
}
CASES = {
    "So, Anna makes a profit of 21 dollars {} sell 20 candles.": "if he/if they/when it/if we/when you",
    "Also macht Anna einen Gewinn von 21 Dollar, {} 20 Kerzen verkauft.": "wenn er/wenn sie/wenn es/wenn man",
    "Donc, Anna gagne 21 dollars {}20 bougies.": "s'il vend /s'elle vend /si elles vendent /si on vend /si ils vendent /quand il vend /lorsque elle vend /lorsqu'il vend ",
    "Por lo tanto, Ana gana 21 dólares {} 20 velas.": "si ella vende/si él vende/si ellos venden/cuando ella vende",
    "Portanto, Ana ganha 21 dólares {} 20 velas.": "se ela vende/se ele vende/quando eles vendem",
    "Quindi, Anna guadagna 21 dollari {} 20 candele.": "se lui vende/quando lei vende",
    "Dus Anna verdient 21 dollar {} 20 kaarsen verkoopt.": "als hij/als ze",
    "Значит, Анна зарабатывает 21 доллар, {} 20 свечей.": "если она продаёт/когда он продаёт/если они продают",
}


LIKE_OTHER_WORDS = ("ora", "ore", "tháng")
"""What is read as something else where it stands alone: "5 or a", "5th"."""


def paid(gold, text):
    return CHECK([text], answer=[gold])[0] == CHECK.correct


@pytest.mark.parametrize("sentence", STATED.strip().split("\n"))
def test_the_one_number_is_stated(sentence):
    assert paid("21", ABOVE + sentence)
    assert not paid("20", ABOVE + sentence)


@pytest.mark.parametrize("sentence", NOT_STATED.strip().split("\n"))
def test_what_is_denied_bounded_or_told_is_not(sentence):
    assert not paid("21", ABOVE + sentence)


@pytest.mark.parametrize(
    ("sentence", "known"),
    [(form, known) for form, all_ in KNOWN_BEFOREHAND.items() for known in all_.split("/")],
)
def test_a_number_in_words_that_is_known_beforehand_is_no_other_one(sentence, known):
    assert paid("21", sentence.format(known))
    another = " ".join(["+", *known.split()[1:]])
    assert not paid("21", sentence.format(another))


@pytest.mark.parametrize(
    ("sentence", "word"), [(form, word) for form, all_ in BUT.items() for word in all_.split("/")]
)
def test_what_a_but_follows_is_not_stated(sentence, word):
    stated = sentence.partition(",")[0] + "."
    assert paid("21", ABOVE + stated)
    assert not paid("21", ABOVE + sentence.format(word))


@pytest.mark.parametrize(
    ("sentence", "case"), [(form, case) for form, all_ in CASES.items() for case in all_.split("/")]
)
def test_a_case_behind_what_was_worked_out_is_known_beforehand(sentence, case):
    assert paid("21", ABOVE + sentence.format(case))
    assert not paid("21", "40 - 18 = 22\n\n" + sentence.format(case))


@pytest.mark.parametrize(
    ("unit", "name"),
    [(unit, name) for unit, names in FOREIGN_UNITS.items() for name in names.split()],
)
def test_units_of_other_languages_are_units(unit, name):
    assert foreign_unit(name) == unit
    if name not in LIKE_OTHER_WORDS:
        assert compare(f"5 {unit}", f"5 {name}")
        assert not compare("5 inch", f"5 {name}")


def test_a_unit_behind_a_stated_number_counts():
    sentence = "Donc, la bougie aura perdu 8 {} après avoir brûlé de 13 heures à 17 heures."
    said = f"2 × 4 = 8\n\n{sentence}"
    assert paid("8 cm", said.format("centimètres"))
    assert not paid("8 cm", said.format("millimètres"))
    assert paid("8", said.format("millimètres"))
