"""Sentences that name what was known beforehand beside what they state, in several languages."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, CheckAnswer
from grpo_rewards.wording.givens import without_givens

CHECK = CheckAnswer(format=FREEFORM)
BEFORE = "First, 12 + 5 = 17.\n\n"

STATED = [
    ("64", "Por lo tanto, Kylar necesita $64 para pagar los 16 vasos."),
    ("64", "Por lo tanto, Kylar debe pagar $64 por los 16 vasos."),
    ("64", "Entonces, Kylar pagará $64 en total por los 16 vasos."),
    ("540", "Por lo tanto, James corre 540 metros en 3 días."),
    ("20", "Así que después de 5 días quedan 20 manzanas."),
    ("5", "Por lo tanto, cada uno de los 4 amigos recibe 5 dulces."),
    ("64", "Kylar doit donc payer 64 $ pour les 16 verres."),
    ("64", "Donc, Kylar doit payer 64 $ pour les 16 verres."),
    ("540", "Donc, James court 540 mètres en 3 jours."),
    ("20", "Donc, après 5 jours, il reste 20 pommes."),
    ("5", "Donc, chacun des 4 amis reçoit 5 bonbons."),
    ("64", "Also muss Kylar 64 € für die 16 Gläser bezahlen."),
    ("540", "Also läuft James 540 Meter in 3 Tagen."),
    ("20", "Nach 5 Tagen bleiben also 20 Äpfel übrig."),
    ("5", "Daher bekommt jeder der 4 Freunde 5 Bonbons."),
    ("64", "Portanto, Kylar precisa pagar 64 dólares pelos 16 copos."),
    ("540", "Portanto, James corre 540 metros em 3 dias."),
    ("5", "Portanto, cada um dos 4 amigos recebe 5 doces."),
    ("64", "Quindi Kylar deve pagare 64 dollari per i 16 bicchieri."),
    ("540", "Quindi James corre 540 metri in 3 giorni."),
    ("64", "Таким образом, Кайлар должен заплатить 64 $ за 16 стаканов."),
    ("64", "Таким образом, Кайлар должен заплатить 64 доллара за 16 стаканов."),
    ("540", "Следовательно, Джеймс пробегает 540 метров за 3 дня."),
    ("20", "Следовательно, через 5 дней останется 20 яблок."),
    ("20", "Значит, после 5 дней останется 20 яблок."),
    ("220", "所以，卡拉下载这份200GB的文件总共需要220分钟。"),
    ("220", "因此，下载这个200GB的文件需要220分钟。"),
    ("20", "因此，5天后还剩20个苹果。"),
    ("540", "所以，詹姆斯在3天内共跑540米。"),
    ("5", "因此，这4个朋友每人得到5颗糖。"),
    ("64", "所以，凯拉买这16个杯子需要付64美元。"),
    ("540", "したがって、ジェイムズは1週間で540メートルを走ります。"),
    ("20", "したがって、3回目の餌やりでは20カップ分の餌が必要です。"),
    ("20", "よって、5日後には20個のりんごが残ります。"),
    ("540", "したがって、ジェームズは3日間で合計540メートル走ります。"),
    ("20", "따라서 5일 후에는 20개의 사과가 남습니다."),
    ("540", "따라서 제임스는 3일 동안 총 540미터를 달립니다."),
    ("540", "Vậy James chạy 540 mét trong 3 ngày."),
    ("20", "Vậy sau 5 ngày còn lại 20 quả táo."),
]

NOT_STATED = [
    ("3", "Por lo tanto, James corre 540 metros en 3 días."),
    ("16", "Por lo tanto, Kylar debe pagar $64 por los 16 vasos."),
    ("16", "Таким образом, Кайлар должен заплатить 64 $ за 16 стаканов."),
    ("3", "したがって、ジェイムズは3日間で540メートルを走ります。"),
    ("200", "所以，卡拉下载这份200GB的文件总共需要220分钟。"),
    ("42", "Por lo tanto, Ana tiene 42 manzanas y Luis tiene 5 en los 3 días."),
    ("42", "Por lo tanto, Ana tiene 42 manzanas y Luis 5."),
    ("42", "Por lo tanto, al menos 42 manzanas en 3 días."),
    ("42", "Por lo tanto, no hay 42 manzanas en 3 días."),
    ("42", "Donc, il n'y a pas 42 pommes dans les 3 paniers."),
    ("42", "Donc, il y a au moins 42 pommes dans les 3 paniers."),
    ("42", "Also gibt es nicht 42 Äpfel in den 3 Körben."),
    ("42", "Also gibt es höchstens 42 Äpfel in den 3 Körben."),
    ("42", "Таким образом, он не заплатит 42 $ за 16 стаканов."),
    ("42", "Таким образом, он купил 16 стаканов за 42 доллара и 5 кружек."),
    ("42", "Следовательно, нужно как минимум 42 рубля за 16 стаканов."),
    ("42", "所以，这份200GB的文件不需要42分钟。"),
    ("42", "所以，这份200GB的文件至少需要42分钟。"),
    ("42", "したがって、3日間で42メートル以上走ります。"),
    ("42", "したがって、3日間で42メートル走りません。"),
    ("42", "따라서 3일 동안 42미터 이상 달립니다."),
    ("42", "Vậy James chạy ít nhất 42 mét trong 3 ngày."),
    ("42", "Vậy James không chạy 42 mét trong 3 ngày."),
    ("42", "Por lo tanto, debemos dividir 42 entre los 3 amigos."),
    ("42", "Donc, il faut diviser 42 par les 3 amis."),
    ("42", "Portanto, precisamos dividir 42 pelos 3 amigos."),
    ("42", "Quindi, dobbiamo dividere 42 per i 3 amici."),
    ("42", "Also teilen wir 42 durch die 3 Freunde."),
    ("42", "Значит, нужно разделить 42 на 3 друзей."),
    ("42", "因此，我们把42除以这3个朋友。"),
    ("5", "Por lo tanto, Ana compró 5 cajas de 12 lápices para los 3 niños."),
]

# Of how long it takes and how much of it falls to a day, either may have been asked for.
RATES = [
    ("20", "Thus John reads the book in 5 days at 20 pages per day."),
    ("20", "Thus John reads the book in 5 days, reading 20 pages a day."),
    ("20", "Thus, in 5 days he reads 20 pages each day."),
    ("20", "Por lo tanto, John lee el libro en 5 días a 20 páginas por día."),
    ("20", "Por lo tanto, John lee el libro en 5 días leyendo 20 páginas cada día."),
    ("20", "Donc John lit le livre en 5 jours à 20 pages par jour."),
    ("20", "Also liest John das Buch in 5 Tagen mit 20 Seiten pro Tag."),
    ("20", "Portanto, João lê o livro em 5 dias a 20 páginas por dia."),
    ("20", "Quindi John legge il libro in 5 giorni a 20 pagine al giorno."),
    ("20", "所以，约翰每天读20页，5天后读完。"),
    ("20", "所以，约翰5天内以每天20页的速度读完。"),
    ("20", "したがって、1日20ページで5日後に読み終えます。"),
    ("20", "したがって、ジョンは毎日20ページ読んで5日で読み終えます。"),
    ("20", "따라서 하루 20쪽씩 읽으면 5일 만에 읽습니다."),
    ("20", "Vậy John đọc xong trong 5 ngày với 20 trang mỗi ngày."),
    ("20", "Таким образом, Джон прочитал книгу за 5 дней по 20 страниц."),
]

# One number that the sentence states.
ALONE = [
    ("42", "したがって、42ドル支払わなければなりません。"),
    ("42", "したがって、合計で42ドルを支払わなければならない。"),
    ("42", "したがって、42個少ない。"),
    ("42", "Por lo tanto, la suma es 42."),
    ("42", "Por lo tanto, cada niño recibe 42 dulces."),
    ("42", "Donc, chaque enfant reçoit 42 bonbons."),
    ("42", "Значит, каждый заплатит по 42 рубля."),
    ("42", "因此，每人得到42个苹果。"),
    ("42", "因此，总共需要42元。"),
    ("42", "那么一共是42个。"),
    ("42", "一共是42个。"),
]

# One number that is still reckoned with, denied, or a limit.
USED = [
    ("42", "Por lo tanto, dividimos 42 entre los amigos."),
    ("42", "Por lo tanto, debemos dividir 42."),
    ("42", "Donc, on divise 42 par le nombre d'amis."),
    ("42", "Donc, nous multiplions 42 par le prix."),
    ("42", "Also teilen wir 42 durch die Freunde."),
    ("42", "Also addieren wir 42 dazu."),
    ("42", "Portanto, dividimos 42 pelos amigos."),
    ("42", "Quindi dividiamo 42 per gli amici."),
    ("42", "Значит, разделим 42 на друзей."),
    ("42", "Значит, прибавим 42 к этому."),
    ("42", "因此，我们把42除以人数。"),
    ("42", "那么把42代入方程。"),
    ("42", "那么一共不是42个。"),
    ("42", "一共至少42个。"),
    ("42", "一共有42个或43个。"),
    ("42", "因此，我们将42加上之前的数。"),
    ("42", "したがって、42を人数で割ります。"),
    ("42", "따라서 42를 사람 수로 나눕니다."),
    ("42", "したがって、42メートル走りません。"),
    ("42", "したがって、42個は必要ない。"),
    ("42", "Следовательно, нужно как минимум 42 рубля."),
    ("42", "Следовательно, как максимум 42 рубля."),
    ("42", "Следовательно, не больше 42 рублей."),
]


def is_paid(gold, sentence):
    return CHECK([BEFORE + sentence], answer=[gold])[0] == CHECK.correct


@pytest.mark.parametrize(("gold", "sentence"), STATED + ALONE)
def test_the_number_that_is_stated_is_paid(gold, sentence):
    assert is_paid(gold, sentence)
    assert not is_paid("41", sentence)


@pytest.mark.parametrize(("gold", "sentence"), NOT_STATED + RATES + USED)
def test_no_other_number_is(gold, sentence):
    assert not is_paid(gold, sentence)


@pytest.mark.parametrize("number", ["42", "1,200", "3.5"])
def test_a_sentence_with_nothing_known_beforehand_is_left_as_it_is(number):
    for sentence in (
        "She has {} apples.",
        "她有{}个苹果。",
        "Ella tiene {} manzanas.",
        "りんごが{}個",
    ):
        text = sentence.format(number)
        assert without_givens(text) == text
