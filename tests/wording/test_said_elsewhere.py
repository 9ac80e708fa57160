"""Answers that other languages doubt, bound, hand to others, or give of a part only."""

from __future__ import annotations

import pytest

from grpo_rewards import BOXED, FREEFORM, HASHES, THINK_ANSWER, CheckAnswer
from grpo_rewards.wording.elsewhere import is_elsewhere
from grpo_rewards.wording.recanted import is_recanted

CHECK = CheckAnswer(format=FREEFORM)
BEFORE = "6 * 7 = 42.\n\n"


def paid(text, gold="42", check=CHECK):
    return check.explain(text, answer=gold).score == check.correct


# Of each kind: what is no answer of 42, and what is one.
SOMEBODY_ELSES = (
    """
    Laut Lehrer ist die Antwort 42.
    Nach Meinung meines Freundes ist die Antwort 42.
    Mein Freund sagt, die Antwort ist 42.
    Viele glauben, die Antwort ist 42.
    Selon mon professeur, la réponse est 42.
    Mon ami dit que la réponse est 42.
    D'après mon livre, la réponse est 42.
    Según mi profesor, la respuesta es 42.
    Mi amigo dice que la respuesta es 42.
    Muchos creen que la respuesta es 42.
    Segundo o meu professor, a resposta é 42.
    Minha amiga acha que a resposta é 42.
    Secondo il mio professore, la risposta è 42.
    Il mio amico dice che la risposta è 42.
    По словам учителя, ответ: 42.
    Друг говорит, что ответ 42.
    Многие считают, что ответ 42.
    老师说答案是42。
    小明认为答案是42。
    先生によると、答えは42です。
    先生は答えが42だと言った。
    선생님은 답이 42라고 했다.
    선생님에 따르면 답은 42입니다.
    Thầy giáo nói đáp án là 42.
    يقول المعلم إن الإجابة هي 42.
    """,
    """
    Mein Freund sagt 41, aber die Antwort ist 42.
    Der Freund bekommt also 42 Euro.
    Der Lehrer verteilt also 42 Hefte.
    Der Schüler schreibt 42 Seiten.
    Also kostet das Buch 42 Euro.
    Le professeur distribue donc 42 cahiers.
    Mon ami a donc 42 billes.
    Selon le théorème de Pythagore, la réponse est 42.
    El profesor reparte 42 cuadernos.
    Según el enunciado, son 6 cajas de 7, así que la respuesta es 42.
    Según el teorema, la respuesta es 42.
    Portanto, o professor tem 42 alunos.
    Segundo o teorema, a resposta é 42.
    Quindi ogni amico riceve 42 euro.
    Secondo il teorema, la risposta è 42.
    Значит, учитель раздал 42 тетради.
    Ученик написал 42 страницы.
    所以老师一共买了42本书。
    所以小明回答了42道题。
    したがって、友達は42個持っています。
    したがって、学生は42人です。
    따라서 학생은 42명입니다.
    Vậy thầy giáo có 42 học sinh.
    إذن، لدى المعلم 42 طالبا.
    """,
)
OF_THE_ANSWER = (
    """
    Das Doppelte der Antwort ist 42.
    Die letzte Ziffer der Antwort ist 42.
    Die Quersumme der Antwort ist 42.
    Le double de la réponse est 42.
    Le dernier chiffre de la réponse est 42.
    La dérivée de la réponse est 42.
    El doble de la respuesta es 42.
    La mitad de la respuesta es 42.
    O dobro da resposta é 42.
    A metade da resposta é 42.
    Il doppio della risposta è 42.
    La metà della risposta è 42.
    Удвоенный ответ равен 42.
    Половина ответа равна 42.
    答案的两倍是42。
    答案的个位是42。
    答えの2倍は42です。
    답의 두 배는 42입니다.
    Một nửa đáp án là 42.
    ضعف الإجابة هو 42.
    Die Antwort ist ein Vielfaches von 42.
    La réponse est un multiple de 42.
    La respuesta es un múltiplo de 42.
    Ответ кратен 42.
    答案是42的倍数。
    """,
    """
    Das Doppelte von 21 ist 42, also ist die Antwort 42.
    Das kleinste gemeinsame Vielfache ist also 42.
    Somit ist der größte gemeinsame Teiler 42.
    Die letzte Ziffer ist gerade, also ist die Antwort 42.
    Der Rest ist also 42.
    Le double de 21 est 42, donc la réponse est 42.
    Le plus petit multiple commun est 42.
    La moitié de 84 est 42, donc la réponse est 42.
    El doble de 21 es 42, así que la respuesta es 42.
    El mínimo común múltiplo es 42.
    O dobro de 21 é 42, portanto a resposta é 42.
    Il doppio di 21 è 42, quindi la risposta è 42.
    Il minimo comune multiplo è 42.
    Половина от 84 равна 42, значит, ответ: 42.
    Наименьшее общее кратное равно 42.
    84的一半是42，所以答案是42。
    最小公倍数是42。
    84の半分は42なので、答えは42です。
    84의 절반은 42이므로 답은 42입니다.
    Bội chung nhỏ nhất là 42.
    نصف 84 هو 42، إذن الإجابة هي 42.
    """,
)
IN_A_CASE = (
    """
    Angenommen, die Antwort ist 42.
    Nehmen wir an, die Antwort ist 42.
    Für n = 3 ist die Antwort 42.
    Wenn n gerade ist, ist die Antwort 42.
    Sollte es regnen, ist die Antwort 42.
    Supposons que la réponse soit 42.
    Pour n = 3, la réponse est 42.
    Si n est pair, la réponse est 42.
    Supongamos que la respuesta es 42.
    Para n = 3, la respuesta es 42.
    Si n es par, la respuesta es 42.
    Suponha que a resposta seja 42.
    Se n é par, a resposta é 42.
    Supponiamo che la risposta sia 42.
    Se n è pari, la risposta è 42.
    Предположим, что ответ 42.
    При чётном n ответ: 42.
    当n为偶数时，答案是42。
    nが偶数のとき、答えは42です。
    n이 짝수일 때 답은 42입니다.
    Giả sử đáp án là 42.
    لنفترض أن الإجابة هي 42.
    Die Antwort ist 42, wenn ich mich nicht irre.
    La réponse est 42, si je ne me trompe pas.
    Ответ: 42, если я не ошибаюсь.
    Đáp án là 42, nếu tôi không nhầm.
    """,
    """
    Da n gerade ist, ist die Antwort 42.
    Wenn man alles addiert, ist die Antwort 42.
    Für x = 7 gilt 6x = 42, also ist die Antwort 42.
    Sollte man alles addieren, ist die Antwort 42.
    Comme n est pair, la réponse est 42.
    Si on additionne, on obtient 42. La réponse est 42.
    Como n es par, la respuesta es 42.
    Si sumamos todo, la respuesta es 42.
    Como n é par, a resposta é 42.
    Poiché n è pari, la risposta è 42.
    Так как n чётно, ответ: 42.
    因为n是偶数，所以答案是42。
    nは偶数なので、答えは42です。
    n이 짝수이므로 답은 42입니다.
    Vì n chẵn nên đáp án là 42.
    بما أن n زوجي، فالإجابة هي 42.
    """,
)
OF_A_PART = (
    """
    Die Antwort auf Teil a) ist 42.
    La réponse à la question a) est 42.
    La respuesta del apartado a) es 42.
    A resposta do item a) é 42.
    La risposta alla domanda a) è 42.
    Ответ на пункт а): 42.
    第一问的答案是42。
    問1の答えは42です。
    첫 번째 문제의 답은 42입니다.
    Đáp án câu a là 42.
    Vor dem Rabatt kostet es also 42 Euro.
    Avant la remise, le prix est donc de 42 €.
    Antes del descuento, el precio es de 42 euros.
    Antes do desconto, o preço é de 42 reais.
    Prima dello sconto, il prezzo è di 42 euro.
    До скидки цена равна 42 рубля.
    打折前的价格是42元。
    割引前の値段は42円です。
    할인 전 가격은 42원입니다.
    Vậy giá trước khi giảm là 42 đồng.
    Das Zwischenergebnis ist 42.
    Le résultat intermédiaire est 42.
    El resultado intermedio es 42.
    Промежуточный результат: 42
    中间结果是42。
    중간 결과는 42입니다.
    Bislang sind es 42.
    Jusqu'à présent, il y en a 42.
    Hasta ahora hay 42.
    Finora sono 42.
    到目前为止有42个。
    지금까지 42개입니다.
    """,
    """
    Die Antwort auf die Frage ist 42.
    La réponse à la question est 42.
    La réponse à la question posée est 42.
    La respuesta a la pregunta es 42.
    Ответ на вопрос задачи: 42.
    这道题的答案是42。
    Nach dem Rabatt kostet es also 42 Euro.
    Vor dem Rabatt kostete es 50 Euro, danach also 42 Euro. Die Antwort ist 42.
    Après la remise, le prix est donc de 42 €.
    Después del descuento, el precio es de 42 euros.
    Depois do desconto, o preço é de 42 reais.
    Dopo lo sconto, il prezzo è di 42 euro.
    После скидки цена равна 42 рубля.
    所以打折后的价格是42元。
    割引後の値段は42円です。
    할인 후 가격은 42원입니다.
    Vậy giá sau khi giảm là 42 đồng.
    السعر بعد الخصم هو 42.
    Der ursprüngliche Preis beträgt also 42 Euro.
    Le prix initial est donc de 42 €.
    Por lo tanto, el precio original es de 42 euros.
    因此，原价是42元。
    よって、元の値段は42円です。
    Jusqu'ici tout va bien, donc la réponse est 42.
    """,
)
ONE_OF_SEVERAL = (
    """
    Eine mögliche Antwort ist 42.
    Also ist eine Lösung x = 42.
    Une réponse possible est 42.
    Donc une solution est x = 42.
    Una respuesta posible es 42.
    Por lo tanto, una solución es x = 42.
    Uma resposta possível é 42.
    Una risposta possibile è 42.
    Значит, одно из решений x = 42.
    Возможный ответ: 42.
    所以其中一个解是x=42。
    可能的答案是42。
    考えられる答えの一つは42です。
    가능한 답 중 하나는 42입니다.
    Một đáp án có thể là 42.
    إحدى الإجابات الممكنة هي 42.
    Die Antwort ist 42. Oder 41.
    La réponse est 42. Ou 41.
    La respuesta es 42. O 41.
    Ответ: 42. Или 41.
    答案是42。或者41。
    答えは42です。または41です。
    """,
    """
    Die einzige Lösung ist x = 42.
    Die Lösung ist x = 42.
    Donc la solution est x = 42.
    La única solución es x = 42.
    A solução é x = 42.
    La soluzione è x = 42.
    Решение: x = 42.
    所以解是x=42。
    解はx=42です。
    답은 x=42입니다.
    Vậy nghiệm là x = 42.
    الحل هو x = 42.
    """,
)
BOUNDS = (
    """
    Es sind also bis zu 42 Äpfel.
    Die Antwort ist höher als 42.
    Donc il y a jusqu'à 42 pommes.
    La réponse dépasse 42.
    Entonces hay hasta 42 manzanas.
    La respuesta supera 42.
    Portanto, há até 42 maçãs.
    A resposta passa de 42.
    Quindi ci sono fino a 42 mele.
    La risposta è vicina a 42.
    Итак, всего до 42 яблок.
    Ответ превышает 42.
    したがって、最大42個です。
    答えは42より少し大きいです。
    答えは42を超えます。
    따라서 최대 42개입니다.
    답은 42보다 조금 큽니다.
    답은 42쯤입니다.
    Vậy có tối đa 42 quả táo.
    Đáp án vượt quá 42.
    إذن، هناك 42 تفاحة على الأكثر.
    الإجابة أكبر من 42 بقليل.
    Die Antwort ist schätzungsweise 42.
    La réponse est de l'ordre de 42.
    La respuesta es alrededor de 42.
    A resposta gira em torno de 42.
    La risposta è intorno a 42.
    Ответ: порядка 42.
    Also ist 42 eine obere Schranke.
    Donc 42 est une borne supérieure.
    所以42是上界。
    したがって、42は上限です。
    """,
    """
    Die größte Zahl ist also 42.
    Le maximum est donc 42.
    Por lo tanto, la temperatura sube hasta 42 grados.
    Camina hasta la escuela en 42 minutos.
    El máximo es 42.
    O máximo é 42.
    Il massimo è 42.
    Значит, от дома до школы 42 км.
    Значит, нужно проехать до города 42 км.
    Следовательно, температура поднялась до 42 градусов.
    因此最大值是42。
    因此，小明比小红多42个苹果。
    最大値は42です。
    최댓값은 42입니다.
    따라서 최대 인원은 42명입니다.
    Giá trị lớn nhất là 42.
    القيمة العظمى هي 42.
    """,
)
AT_FIRST = (
    """
    Zunächst waren es 42 Äpfel.
    Au départ, il y avait 42 pommes.
    Al principio había 42 manzanas.
    All'inizio c'erano 42 mele.
    Сначала было 42 яблока.
    原来有42个苹果。
    最初は42個ありました。
    처음에는 42개였습니다.
    Ban đầu có 42 quả táo.
    في البداية كان هناك 42 تفاحة.
    Auf den ersten Blick ist die Antwort 42.
    À première vue, la réponse est 42.
    A primera vista, la respuesta es 42.
    A prima vista la risposta è 42.
    На первый взгляд, ответ 42.
    乍一看，答案是42。
    一見すると、答えは42です。
    언뜻 보면 답은 42입니다.
    Thoạt nhìn, đáp án là 42.
    Beispiel: Die Antwort ist 42.
    Exemple : la réponse est 42.
    Ejemplo: la respuesta es 42.
    例如：答案是42。
    Пример: ответ 42.
    """,
    """
    Also waren es ursprünglich 42 Äpfel.
    Il y avait donc 42 pommes au départ.
    Por lo tanto, al principio había 42 manzanas.
    Quindi all'inizio c'erano 42 mele.
    Значит, сначала было 42 яблока.
    Сначала было 50 яблок, 8 съели. Ответ: 42.
    所以原来有42个苹果。
    したがって、最初は42個ありました。
    따라서 처음에는 42개였습니다.
    Vậy ban đầu có 42 quả táo.
    لذلك كان هناك 42 تفاحة في البداية.
    Auf den ersten Blick 41, aber die Antwort ist 42.
    À première vue 41, mais la réponse est 42.
    """,
)
TAKEN_BACK = (
    """
    Die Antwort ist 42. Das ist falsch.
    Die Antwort ist 42. Ich habe mich verrechnet.
    Die Antwort ist 42. Moment, ich habe die 5 vergessen.
    La réponse est 42. C'est faux.
    La réponse est 42. Je me suis trompé.
    La réponse est 42, mais c'est trop grand.
    La respuesta es 42. Eso es falso.
    La respuesta es 42. Me equivoqué.
    La respuesta es 42, pero es demasiado grande.
    A resposta é 42. Errei.
    A resposta é 42, mas é grande demais.
    La risposta è 42. Ho sbagliato.
    La risposta è 42, ma è troppo grande.
    Ответ: 42. Это неверно.
    Ответ: 42. Я ошибся.
    Ответ: 42, но это слишком много.
    答案是42。这是错的。
    答案是42。我算错了。
    答案是42，但是太大了。
    答えは42です。これは間違いです。
    答えは42です。計算を間違えました。
    答えは42です。しかし大きすぎます。
    답은 42입니다. 이것은 틀렸습니다.
    Đáp án là 42. Tôi đã nhầm.
    الإجابة هي 42. هذا خطأ.
    """,
    """
    Die Antwort ist 42. Das ist nicht schwer.
    Die Antwort ist 42. Das ist richtig.
    La réponse est 42. C'est facile.
    La respuesta es 42. Eso es correcto.
    A resposta é 42. Isso é correto.
    La risposta è 42. Questo è corretto.
    Ответ: 42. Это верно.
    答案是42。这是对的。
    答えは42です。これは正しいです。
    답은 42입니다. 이것은 맞습니다.
    Đáp án là 42. Điều này đúng.
    """,
)
GOES_ON = (
    """
    The answer is 42. Now subtract 5.
    The answer is 42. Now we subtract 5.
    The answer is 42. Next, we divide it by 3.
    The answer is 42. We still have to add 5.
    The answer is 42. It remains to add 5.
    The answer is 42. Then we multiply by 3.
    The answer is 42. From this we subtract 5.
    Die Antwort ist 42. Jetzt ziehen wir 5 ab.
    Die Antwort ist 42. Davon ziehen wir 5 ab.
    Die Antwort ist 42. Davon müssen wir noch 5 abziehen.
    La réponse est 42. Il faut encore enlever 5.
    La réponse est 42. Ensuite, on multiplie par 3.
    La respuesta es 42. Ahora restamos 5.
    La respuesta es 42. Luego dividimos entre 3.
    A resposta é 42. Agora subtraímos 5.
    La risposta è 42. Ora sottraiamo 5.
    Ответ: 42. Теперь вычтем 5.
    答案是42。接下来减去5。
    答えは42です。次に5を引きます。
    답은 42입니다. 이제 5를 뺍니다.
    Đáp án là 42. Bây giờ ta trừ 5.
    """,
    """
    The answer is 42. Now we add 8 to 42 and verify that it is 50.
    The answer is 42. Then the perimeter is 84.
    The answer is 42. Now you know how to add.
    The answer is 42. To check, multiply 6 by 7.
    Die Antwort ist 42. Jetzt ist alles klar.
    La réponse est 42. Maintenant, tout est clair.
    La respuesta es 42. Ahora todo está claro.
    Ответ: 42. Теперь всё ясно.
    答案是42。然后检查一下。
    """,
)
KINDS = {
    "goes on": GOES_ON,
    "somebody else's": SOMEBODY_ELSES,
    "of the answer": OF_THE_ANSWER,
    "in a case": IN_A_CASE,
    "of a part": OF_A_PART,
    "one of several": ONE_OF_SEVERAL,
    "bounds": BOUNDS,
    "at first": AT_FIRST,
    "taken back": TAKEN_BACK,
}


def lines(text):
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("before", ["", BEFORE], ids=["alone", "below a working"])
def test_what_is_no_answer_of_its_own(kind, before):
    assert [text for text in lines(KINDS[kind][0]) if paid(before + text)] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("before", ["", BEFORE], ids=["alone", "below a working"])
def test_what_is_one(kind, before):
    said = lines(KINDS[kind][1])
    assert [text for text in said if not paid(before + text)] == []
    assert [text for text in said if paid(before.replace("42", "43") + text, gold="43")] == []


BETWEEN = [
    (BOXED, "Die Antwort ist höchstens \\boxed{42}.", False),
    (BOXED, "La réponse est inférieure à \\boxed{42}.", False),
    (BOXED, "Mon ami dit que la réponse est \\boxed{42}.", False),
    (BOXED, "Das Doppelte der Antwort ist \\boxed{42}.", False),
    (BOXED, "\\boxed{42}. C'est faux.", False),
    (BOXED, "\\boxed{42}。这是错的。", False),
    (BOXED, "\\boxed{42}, wenn n gerade ist.", False),
    (BOXED, "La risposta sarebbe \\boxed{42} se n fosse pari.", False),
    (BOXED, "Giả sử đáp án là \\boxed{42}.", False),
    (BOXED, "Die Antwort ist also \\boxed{42}.", True),
    (BOXED, "La réponse est donc \\boxed{42}. C'est facile.", True),
    (THINK_ANSWER, "<think>x</think><answer>bis zu 42</answer>", False),
    (THINK_ANSWER, "<think>x</think><answer>最大42個</answer>", False),
    (THINK_ANSWER, "<think>x</think><answer>Mon ami dit 42</answer>", False),
    (THINK_ANSWER, "<think>x</think><answer>42, si je ne me trompe pas</answer>", False),
    (THINK_ANSWER, "<think>x</think><answer>Die Antwort ist 42.</answer>", True),
    (HASHES, "6*7=42\n#### jusqu'à 42", False),
    (HASHES, "6*7=42\n#### 42程度", False),
    (HASHES, "6*7=42\n#### 42쯤", False),
    (HASHES, "6*7=42\n#### 42", True),
]


@pytest.mark.parametrize(("layout", "text", "right"), BETWEEN)
def test_in_every_layout(layout, text, right):
    assert paid(text, check=CheckAnswer(format=layout)) == right


NEXT_TURNS = r"""
    Die Antwort ist {first}.\n\nFrage: Was ist 6*7?\nAntwort: {then}
    La réponse est {first}.\n\nQuestion : combien font 6*7 ?\nRéponse : {then}
    La respuesta es {first}.\n\nPregunta: ¿cuánto es 6*7?\nRespuesta: {then}
    A resposta é {first}.\n\nPergunta: quanto é 6*7?\nResposta: {then}
    La risposta è {first}.\n\nDomanda: quanto fa 6*7?\nRisposta: {then}
    Ответ: {first}.\n\nВопрос: сколько будет 6*7?\nОтвет: {then}
    答案是{first}。\n\n问题：6乘7是多少？\n答案：{then}
    答えは{first}です。\n\n質問：6×7はいくつですか。\n答え：{then}
    답은 {first}입니다.\n\n질문: 6×7은 얼마입니까?\n정답: {then}
    Đáp án là {first}.\n\nCâu hỏi: 6*7 bằng bao nhiêu?\nĐáp án: {then}
"""


@pytest.mark.parametrize("text", lines(NEXT_TURNS))
def test_the_next_question_is_another(text):
    text = text.replace("\\n", "\n")
    assert paid(text.format(first=42, then=17))
    assert not paid(text.format(first=17, then=42))


def test_a_question_alone_above_its_answer_is_no_other():
    assert paid("Frage: Was ist 6*7?\nAntwort: 42")
    assert paid("Вопрос: сколько будет 6*7?\n\nОтвет: 42")


def test_the_clause_before_a_value_decides():
    assert is_elsewhere("Mein Freund sagt, die Antwort ist ")
    assert not is_elsewhere("Mein Freund sagt 41, aber die Antwort ist ")
    assert not is_elsewhere("The answer is ")


def test_another_value_behind_it_is_a_rival_and_the_same_is_none():
    assert is_recanted(". Ou 41.", "42") == "a rival"
    assert is_recanted(". Ou 42.", "42") == ""
    assert is_recanted(". Ou bien on compte.", "42") == ""
