"""The table of words around an answer: each with its language, its sense and its side.

Every reader of this package knows these words and no others. Patterns are made from the rows here;
what a pattern does with them, the modules beside this one say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

__all__ = [
    "CAPITALS",
    "KANA",
    "OPTION_LETTERS",
    "OTHER_LETTERS",
    "ROWS",
    "UNSPACED",
    "Row",
    "Sense",
    "Side",
    "any_of",
    "rows",
    "spotted",
    "words",
]

Sense: TypeAlias = Literal[
    "announces", "names", "labels", "qualifies", "states", "concludes", "picks", "exists", "closes", "denies", "hedges", "opines", "retracts", "disowns",
    "rivals", "changes", "supposes", "speaks", "reasons", "plans", "approximates", "remarks", "affirms", "refutes", "abstains", "wavers", "presents", "introduces", "heads", "options", "numbers", "explains", "sums",
]  # fmt: skip
"""What a word does: see `ROWS`."""

Side: TypeAlias = Literal["before", "after", "both"]

UNSPACED = ("zh", "ja", "ko", "th", "hi", "bn", "te", "ta")
"""Languages whose words stand against each other, or carry particles."""

OPTION_LETTERS = (
    *map(tuple, ("أبجده", "ابجده", "কখগঘঙ", "कखगघङ", "अबसद", "กขคงจ", "אבגדהו", "アイウエオ")),
    ("الف", "ب", "پ"),
    ("الف", "ب", "ج", "د", "ه"),
    tuple("АБВГД"),
    tuple("ΑΒΓΔΕ"),
)
"""What other scripts write for A, B, C and so on."""
CAPITALS = frozenset("АБВГДΑΒΓΔΕ")
"""Those of which only the large ones are labels: the small ones are words, or stand for values."""
KANA = r"(?<![\u30a0-\u30ff])[アイウエオ](?![\u30a0-\u30ff])"
"""A pattern that finds those of Japanese, which begin words that are written like them."""
_SPACED_LETTERS = {letter for letters in OPTION_LETTERS for letter in letters} - {
    *CAPITALS,
    *"アイウエオ",
}
OTHER_LETTERS = "|".join(
    (
        *sorted(_SPACED_LETTERS, key=lambda letter: (-len(letter), letter)),
        rf"(?-i:[{''.join(sorted(CAPITALS))}](?!\w))",
        KANA,
    )
)
"""A pattern that finds any of them."""


@dataclass(frozen=True, slots=True)
class Row:
    """Words of one language that do the same to the answer they stand beside."""

    sense: Sense
    language: str
    side: Side
    words: tuple[str, ...]
    example: str
    """A text that shows it: ``{word}`` stands for the word, ``{answer}`` for the answer."""

    def examples(self, answer: str) -> Iterator[str]:
        """The row's example with each of its words."""
        for word in self.words:
            yield self.example.replace("{word}", word).replace("{answer}", answer)


def _row(sense: Sense, language: str, side: Side, example: str, text: str) -> Row:
    return Row(sense, language, side, tuple(word.strip() for word in text.split("/")), example)


ROWS: tuple[Row, ...] = (
    # Announces: the nouns that mean "answer".
    _row("announces", "en", "before", "The {word}: {answer}", "answer/answers/ans/final answer/correct answer"),
    _row("announces", "zh", "before", "{word}：{answer}", "答案/正解/正确答案/最终答案/答"),
    _row("announces", "es", "before", "La {word} es {answer}", "respuesta/respuesta final/respuesta correcta/opción correcta/alternativa correcta"),
    _row("announces", "fr", "before", "La {word} est {answer}", "réponse/reponse/réponse finale/bonne réponse/réponse correcte/bonne option/option correcte"),
    _row("announces", "de", "before", "Die {word} ist {answer}", "Antwort/Antworten/endgültige Antwort/richtige Antwort/korrekte Antwort/richtige Option"),
    _row("announces", "pt", "before", "A {word} é {answer}", "resposta/resposta final/resposta correta/alternativa correta/opção correta/gabarito"),
    _row("announces", "it", "before", "La {word} è {answer}", "risposta/risposta finale/risposta corretta/opzione corretta/alternativa corretta"),
    _row("announces", "ru", "before", "{word}: {answer}", "ответ/ответы/окончательный ответ/правильный ответ"),
    _row("announces", "ja", "before", "{word}は{answer}", "答え/解答/回答/正答/最終的な答え"),
    _row("announces", "ko", "before", "{word}: {answer}", "정답/답/최종 답/답안"),
    _row("announces", "vi", "before", "{word}: {answer}", "đáp án/đáp số/câu trả lời/trả lời/đáp án đúng"),
    _row("announces", "ar", "before", "{word}: {answer}", "الإجابة/الاجابة/الجواب/إجابة/جواب"),
    _row("announces", "sw", "before", "{word} ni {answer}", "jibu/jawabu"),
    _row("announces", "id", "before", "{word} adalah {answer}", "jawaban/jawabannya"),
    _row("announces", "nl", "before", "Het {word} is {answer}", "antwoord"),
    _row("announces", "he", "before", "{word} היא {answer}", "התשובה"),
    _row("announces", "th", "before", "{word}คือ {answer}", "คำตอบ/คำตอบที่ถูกต้อง"),
    _row("announces", "bn", "before", "{word} হলো {answer}", "উত্তর/সঠিক উত্তর/চূড়ান্ত উত্তর"),
    _row("announces", "hi", "before", "{word}: {answer}", "उत्तर/जवाब/सही उत्तर/अंतिम उत्तर/सही जवाब"),
    # Names: nouns that mean an answer only where a conclusion or a last line says so.
    _row("names", "en", "before", "The {word} is {answer}", "solution/solutions/result/results/option/choice/letter/value/total/output/label/verdict"),
    _row("names", "zh", "before", "{word}是{answer}", "结果/选项/解/总数/正确的/总共"),
    _row("names", "es", "before", "El {word} es {answer}", "solución/solucion/resultado/opción/opcion/total"),
    _row("names", "fr", "before", "Le {word} est {answer}", "solution/résultat/resultat/option/total"),
    _row("names", "de", "before", "Das {word} ist {answer}", "Lösung/Ergebnis/Resultat/Endergebnis"),
    _row("names", "pt", "before", "O {word} é {answer}", "solução/resultado/opção/alternativa/total"),
    _row("names", "it", "before", "Il {word} è {answer}", "soluzione/risultato/opzione/totale"),
    _row("names", "ru", "before", "{word}: {answer}", "решение/результат/итог/вариант"),
    _row("names", "ja", "before", "{word}は{answer}", "結果/合計/選択肢"),
    _row("names", "ko", "before", "{word}: {answer}", "결과/합계/해답"),
    _row("names", "vi", "before", "{word}: {answer}", "kết quả/tổng cộng/phương án"),
    _row("names", "ar", "before", "{word}: {answer}", "النتيجة/الحل/المجموع/الناتج"),
    _row("names", "th", "before", "{word}คือ {answer}", "ผลลัพธ์/ผลรวม"),
    _row("names", "bn", "before", "{word} হলো {answer}", "ফলাফল"),
    # Options: nouns that stand before the label of an option, and announce nothing.
    _row("options", "es", "before", "Respuesta: {word} {answer}", "letra/inciso/literal/alternativa/opción/opcion/respuesta"),
    _row("options", "fr", "before", "Réponse : {word} {answer}", "lettre/proposition/alternative/choix/option/réponse"),
    _row("options", "de", "before", "Antwort: {word} {answer}", "Buchstabe/Option/Antwort/Aussage/Möglichkeit/Antwortmöglichkeit/Variante"),
    _row("options", "pt", "before", "Resposta: {word} {answer}", "letra/item/alternativa/opção/opcao/resposta/afirmativa"),
    _row("options", "it", "before", "Risposta: {word} {answer}", "lettera/alternativa/opzione/scelta/risposta"),
    _row("options", "nl", "before", "Antwoord: {word} {answer}", "optie/letter/keuze/antwoord"),
    _row("options", "pl", "before", "Odpowiedź: {word} {answer}", "litera/opcja/odpowiedź/wariant"),
    _row("options", "cs", "before", "Odpověď: {word} {answer}", "možnost/varianta/písmeno/odpověď"),
    _row("options", "sv", "before", "Svar: {word} {answer}", "alternativ/bokstav/svar"),
    _row("options", "ro", "before", "Răspuns: {word} {answer}", "varianta/litera/opțiunea/răspunsul"),
    _row("options", "hu", "before", "Válasz: {word} {answer}", "betű/opció/lehetőség"),
    _row("options", "ru", "before", "Ответ: {word} {answer}", "вариант/буква/пункт/ответ/утверждение"),
    _row("options", "uk", "before", "Відповідь: {word} {answer}", "варіант/літера/відповідь"),
    _row("options", "tr", "before", "Cevap: {word} {answer}", "şık/seçenek"),
    _row("options", "id", "before", "Jawaban: {word} {answer}", "pilihan/opsi/huruf"),
    _row("options", "vi", "before", "Đáp án: {word} {answer}", "câu/phương án/lựa chọn/ý/đáp án"),
    _row("options", "ja", "before", "答え：{word}{answer}", "選択肢/肢/記号"),
    _row("options", "ko", "before", "정답: {word} {answer}", "선택지/보기"),
    _row("options", "zh", "before", "答案：{word}{answer}", "选项/選項"),
    _row("options", "ar", "before", "الإجابة: {word} {answer}", "الخيار/الحرف/الاختيار"),
    _row("options", "fa", "before", "پاسخ: {word} {answer}", "گزینه/گزینهٔ/گزینه ی/حرف/مورد"),
    _row("options", "he", "before", "תשובה: {word} {answer}", "אפשרות/אות/תשובה"),
    _row("options", "fi", "before", "Vastaus: {word} {answer}", "vaihtoehto"),
    _row("options", "da", "before", "Svar: {word} {answer}", "mulighed/svarmulighed"),
    _row("options", "el", "before", "Απάντηση: {word} {answer}", "επιλογή/γράμμα/απάντηση"),
    _row("options", "hi", "before", "उत्तर: {word} {answer}", "विकल्प"),
    _row("options", "th", "before", "คำตอบ: {word} {answer}", "ข้อ/ตัวเลือก"),
    # Explains: headings over the reasons for an answer that stands above them.
    _row("explains", "en", "after", "{answer}\n\n**{word}:** x cannot be 0.", "explanation/reason/reasons/reasoning/rationale/justification/because"),
    _row("explains", "zh", "after", "{answer}\n\n{word}：x 不能为 0。", "解析/理由/解释/分析/原因"),
    _row("explains", "es", "after", "{answer}\n\n**{word}:** x no puede ser 0.", "explicación/explicacion/justificación/razonamiento/razón"),
    _row("explains", "fr", "after", "{answer}\n\n**{word} :** x ne peut pas être 0.", "explication/explications/raisonnement/raison"),
    _row("explains", "de", "after", "{answer}\n\n**{word}:** x kann nicht 0 sein.", "Erklärung/Begründung/Erläuterung"),
    _row("explains", "pt", "after", "{answer}\n\n**{word}:** x não pode ser 0.", "explicação/justificativa/justificação/raciocínio/motivo"),
    _row("explains", "it", "after", "{answer}\n\n**{word}:** x non può essere 0.", "spiegazione/motivazione/giustificazione/ragionamento"),
    _row("explains", "ru", "after", "{answer}\n\n**{word}:** x не может быть 0.", "объяснение/обоснование/пояснение"),
    _row("explains", "ja", "after", "{answer}\n\n{word}：xは0にならない。", "説明/解説/根拠"),
    _row("explains", "ko", "after", "{answer}\n\n{word}: x는 0이 될 수 없습니다.", "설명/해설/이유/풀이/근거"),
    _row("explains", "vi", "after", "{answer}\n\n{word}: x không thể bằng 0.", "giải thích/lý do/lời giải"),
    _row("explains", "ar", "after", "{answer}\n\n**{word}:** x لا يمكن أن يكون 0.", "التفسير/تفسير/الشرح/شرح/التوضيح/توضيح/السبب"),
    _row("explains", "fa", "after", "{answer}\n\n**{word}:** x نمی تواند 0 باشد.", "توضیح/توضیحات/دلیل/استدلال"),
    _row("explains", "nl", "after", "{answer}\n\n**{word}:** x kan niet 0 zijn.", "uitleg/toelichting/verklaring/redenering"),
    _row("explains", "pl", "after", "{answer}\n\n{word}: x nie może być 0.", "wyjaśnienie/uzasadnienie/objaśnienie"),
    _row("explains", "cs", "after", "{answer}\n\n{word}: x nemůže být 0.", "vysvětlení/odůvodnění/zdůvodnění"),
    _row("explains", "sv", "after", "{answer}\n\n{word}: x kan inte vara 0.", "förklaring/motivering"),
    _row("explains", "da", "after", "{answer}\n\n{word}: x kan ikke være 0.", "forklaring/begrundelse"),
    _row("explains", "fi", "after", "{answer}\n\n{word}: x ei voi olla 0.", "selitys/perustelu"),
    _row("explains", "hu", "after", "{answer}\n\n{word}: x nem lehet 0.", "magyarázat/indoklás"),
    _row("explains", "ro", "after", "{answer}\n\n{word}: x nu poate fi 0.", "explicație/justificare"),
    _row("explains", "uk", "after", "{answer}\n\n{word}: x не може бути 0.", "пояснення/обґрунтування"),
    _row("explains", "el", "after", "{answer}\n\n{word}: το x δεν μπορεί να είναι 0.", "εξήγηση/αιτιολόγηση"),
    _row("explains", "he", "after", "{answer}\n\n{word}: x לא יכול להיות 0.", "הסבר/נימוק"),
    _row("explains", "tr", "after", "{answer}\n\n{word}: x 0 olamaz.", "açıklama/gerekçe"),
    _row("explains", "id", "after", "{answer}\n\n{word}: x tidak boleh 0.", "penjelasan/alasan/pembahasan"),
    _row("explains", "hi", "after", "{answer}\n\n{word}: x 0 नहीं हो सकता।", "व्याख्या/स्पष्टीकरण/कारण"),
    _row("explains", "bn", "after", "{answer}\n\n{word}: x 0 হতে পারে না।", "ব্যাখ্যা/কারণ"),
    _row("explains", "th", "after", "{answer}\n\n{word}: x เป็น 0 ไม่ได้", "คำอธิบาย/เหตุผล/อธิบาย"),
    _row("explains", "sw", "after", "{answer}\n\n{word}: x haiwezi kuwa 0.", "maelezo/sababu"),
    # Labels: what stands before the value of a last line, and nowhere else for "answer".
    _row("labels", "en", "before", "{word}: {answer}", "final/sum/product/difference/quotient/remainder/count/conclusion/outcome/selected/selection/pick/my pick/number/amount/cost/price/probability/final value/final amount/final number/total number/total cost/total amount/grand total/profit/net profit/total profit/average/in total/altogether/solution set"),
    _row("labels", "sw", "before", "{word}: {answer}", "jibu/jawabu/jibu sahihi/jibu la mwisho/matokeo/jumla/seti ya suluhisho"),
    _row("labels", "tr", "before", "{word}: {answer}", "cevap/yanıt/sonuç/doğru cevap/nihai cevap/toplam/toplam sonuç/çözüm/çözüm kümesi/net sonuç"),
    _row("labels", "pl", "before", "{word}: {answer}", "odpowiedź/wynik/prawidłowa odpowiedź/poprawna odpowiedź/ostateczna odpowiedź/końcowa odpowiedź/razem/łącznie/suma/rozwiązanie/zbiór rozwiązań"),
    _row("labels", "nl", "before", "{word}: {answer}", "antwoord/eindantwoord/resultaat/totaal/oplossing/uitkomst/oplossingsverzameling/samen"),
    _row("labels", "id", "before", "{word}: {answer}", "jawaban/jawaban akhir/jawaban yang benar/hasil/hasil akhir/total/jumlah/himpunan penyelesaian"),
    _row("labels", "uk", "before", "{word}: {answer}", "відповідь/правильна відповідь/результат/разом/усього/розв'язок/множина розв'язків"),
    _row("labels", "el", "before", "{word}: {answer}", "απάντηση/σωστή απάντηση/αποτέλεσμα/σύνολο/λύση/σύνολο λύσεων"),
    _row("labels", "he", "before", "{word}: {answer}", "תשובה/התשובה/התשובה הנכונה/התשובה הסופית/תוצאה/סך הכל/סה״כ/פתרון/קבוצת הפתרונות"),
    _row("labels", "fa", "before", "{word}: {answer}", "پاسخ/پاسخ صحیح/پاسخ درست/پاسخ نهایی/جواب/نتیجه/مجموع/جمع کل/مجموعه جواب/راه حل نهایی"),
    _row("labels", "sv", "before", "{word}: {answer}", "svar/svaret/rätt svar/slutsvar/resultat/totalt/lösning/lösningsmängd/summa"),
    _row("labels", "cs", "before", "{word}: {answer}", "odpověď/správná odpověď/výsledek/celkem/řešení/množina řešení"),
    _row("labels", "ro", "before", "{word}: {answer}", "răspuns/răspuns corect/răspuns final/răspunsul corect/rezultat/rezultatul/total/în total/soluție/soluția/mulțimea soluțiilor"),
    _row("labels", "hu", "before", "{word}: {answer}", "válasz/helyes válasz/végeredmény/eredmény/összesen/megoldás/megoldáshalmaz"),
    _row("labels", "fi", "before", "{word}: {answer}", "vastaus/oikea vastaus/tulos/yhteensä/ratkaisu/lopputulos/ratkaisujoukko"),
    _row("labels", "hi", "before", "{word}: {answer}", "उत्तर/जवाब/सही उत्तर/सही जवाब/अंतिम उत्तर/परिणाम/कुल/हल/हल समुच्चय"),
    _row("labels", "bn", "before", "{word}: {answer}", "উত্তর/সঠিক উত্তর/চূড়ান্ত উত্তর/সঠিক উত্তর হলো/সঠিক উত্তর হল/ফলাফল/মোট/সমাধান/সমাধান সেট"),
    _row("labels", "th", "before", "{word}: {answer}", "คำตอบ/คำตอบคือ/คำตอบที่ถูกต้อง/คำตอบที่ถูกต้องคือ/คำตอบสุดท้าย/ผลลัพธ์/ผลลัพธ์คือ/รวม/รวมทั้งหมด/เซตคำตอบ"),
    _row("labels", "te", "before", "{word}: {answer}", "సమాధానం/జవాబు/ఫలితం/మొత్తం"),
    _row("labels", "ta", "before", "{word}: {answer}", "பதில்/விடை/மொத்தம்"),
    _row("labels", "ur", "before", "{word}: {answer}", "جواب/نتیجہ/کل/صحیح جواب"),
    _row("labels", "da", "before", "{word}: {answer}", "svar/svaret/resultat/i alt/totalt/løsning/løsningsmængde/løsningsmengde/facit/fasit"),
    _row("labels", "ru", "before", "{word}: {answer}", "итого/всего/множество решений"),
    _row("labels", "ar", "before", "{word}: {answer}", "مجموعة الحل/مجموعة الحلول/الإجمالي"),
    _row("labels", "vi", "before", "{word}: {answer}", "tập nghiệm/tổng"),
    _row("labels", "ko", "before", "{word}: {answer}", "해집합/총합/총계"),
    _row("labels", "zh", "before", "{word}：{answer}", "总计/合计/总和/解集"),
    _row("labels", "ja", "before", "{word}：{answer}", "解集合/総計"),
    _row("labels", "de", "before", "{word}: {answer}", "Lösungsmenge/insgesamt/Summe/Gesamt"),
    _row("labels", "fr", "before", "{word} : {answer}", "ensemble des solutions/ensemble solution/somme/au total"),
    _row("labels", "es", "before", "{word}: {answer}", "conjunto solución/conjunto de soluciones/en total/suma"),
    _row("labels", "pt", "before", "{word}: {answer}", "conjunto solução/conjunto das soluções/soma"),
    _row("labels", "it", "before", "{word}: {answer}", "insieme delle soluzioni/insieme soluzione/in totale/somma"),
    # Qualifies: what may stand before those nouns.
    _row("qualifies", "en", "before", "The {word} answer is {answer}", "the/my/our/your/this/its/an/final/correct/right/best/most likely/only/single/appropriate/accurate/suitable/desired/required/numerical/simplified/exact/chosen/selected/overall/complete/short/direct/and"),
    _row("qualifies", "zh", "before", "{word}答案是{answer}", "最终/正确/本题/本题的/该题/最后/最终的/正确的/题目的/这道题的"),
    _row("qualifies", "es", "before", "{word} respuesta es {answer}", "la/el/mi/nuestra/correcta/final"),
    _row("qualifies", "fr", "before", "{word} réponse est {answer}", "la/le/l'/ma/notre/bonne/finale"),
    _row("qualifies", "de", "before", "{word} Antwort ist {answer}", "die/das/der/meine/unsere/endgültige/richtige/korrekte/finale"),
    _row("qualifies", "pt", "before", "{word} resposta é {answer}", "a/o/minha/nossa/final/correta"),
    _row("qualifies", "it", "before", "{word} risposta è {answer}", "la/il/mia/nostra/finale/corretta"),
    _row("qualifies", "ru", "before", "{word} ответ: {answer}", "окончательный/правильный/верный/мой/наш/итоговый"),
    _row("qualifies", "ja", "before", "{word}答えは{answer}", "最終的な/正しい/最終/求める"),
    _row("qualifies", "ko", "before", "{word} 정답: {answer}", "최종/올바른"),
    _row("qualifies", "ar", "before", "{word} الإجابة: {answer}", "النهائية/الصحيحة"),
    _row("qualifies", "nl", "before", "{word} antwoord is {answer}", "het/mijn/juiste/correcte/definitieve"),
    # States: what joins the noun and the answer.
    _row("states", "en", "before", "The answer {word} {answer}", "is/are/was/were/equals/equal to/would be/should be/must be/will be/has to be/comes to/comes out to/turns out to be/becomes/equates to"),
    _row("states", "zh", "before", "答案{word}{answer}", "是/为/為/等于/等於/应该是/应为/应是/就是/选/選/选择/選擇/选择的是"),
    _row("states", "es", "before", "La respuesta {word} {answer}", "es/son/sería/seria/debe ser/es igual a"),
    _row("states", "fr", "before", "La réponse {word} {answer}", "est/sont/serait/vaut/doit être/est égale à/est donc"),
    _row("states", "de", "before", "Die Antwort {word} {answer}", "ist/sind/lautet/beträgt/wäre/muss sein"),
    _row("states", "pt", "before", "A resposta {word} {answer}", "é/são/seria/deve ser/é igual a"),
    _row("states", "it", "before", "La risposta {word} {answer}", "è/e'/sono/sarebbe/deve essere/è pari a"),
    _row("states", "ru", "before", "Ответ {word} {answer}", "это/равен/равна/равно/равны/составляет/будет/является"),
    _row("states", "ja", "before", "答え{word}{answer}", "は/が"),
    _row("states", "ko", "before", "정답{word} {answer}", "은/는/이"),
    _row("states", "vi", "before", "Đáp án {word} {answer}", "là/bằng/sẽ là"),
    _row("states", "ar", "before", "الإجابة {word} {answer}", "هي/هو/تساوي/يساوي"),
    _row("states", "sw", "before", "Jibu {word} {answer}", "ni"),
    _row("states", "id", "before", "Jawaban {word} {answer}", "adalah/ialah"),
    _row("states", "nl", "before", "Het antwoord {word} {answer}", "luidt/is"),
    _row("states", "he", "before", "התשובה {word} {answer}", "היא/הוא"),
    _row("states", "th", "before", "คำตอบ{word} {answer}", "คือ/เท่ากับ"),
    _row("states", "bn", "before", "সঠিক উত্তর {word} {answer}", "হলো/হল"),
    # Concludes: what a last sentence begins with that gives the answer.
    _row("concludes", "en", "before", "{word}, there are {answer}", "so/thus/hence/therefore/finally/consequently/accordingly/overall/in conclusion/in total/altogether/as a result/in summary/and so/then/ultimately/to conclude"),
    _row("concludes", "zh", "before", "{word}，一共有{answer}", "综上/综上所述/因此/所以/故/于是/从而/最终/最后/总之/可得/由此可知/因而/則/则/即/一共/那么"),
    _row("concludes", "es", "before", "{word}, hay {answer}", "por lo tanto/por tanto/así que/entonces/en conclusión/luego/finalmente/en total/así/por consiguiente/en resumen"),
    _row("concludes", "fr", "before", "{word}, il y a {answer}", "donc/ainsi/par conséquent/alors/enfin/en conclusion/finalement/au total/d'où/en résumé"),
    _row("concludes", "de", "before", "{word}, es gibt {answer}", "also/daher/somit/folglich/deshalb/damit/insgesamt/schließlich/demnach/zusammenfassend"),
    _row("concludes", "pt", "before", "{word}, há {answer}", "portanto/logo/assim/então/por isso/finalmente/no total/em conclusão/dessa forma"),
    _row("concludes", "it", "before", "{word}, ci sono {answer}", "quindi/dunque/perciò/pertanto/allora/infine/in totale/in conclusione/di conseguenza"),
    _row("concludes", "ru", "before", "{word}, всего {answer}", "следовательно/значит/итак/таким образом/поэтому/в итоге/итого/отсюда"),
    _row("concludes", "ja", "before", "{word}、{answer}", "したがって/従って/よって/ゆえに/だから/つまり/以上より/そのため/結局"),
    _row("concludes", "ko", "before", "{word}, {answer}", "따라서/그러므로/결국/그래서/즉/결론적으로"),
    _row("concludes", "vi", "before", "{word}, có {answer}", "vậy/do đó/vì vậy/suy ra/vì thế/như vậy/cuối cùng/tóm lại"),
    _row("concludes", "ar", "before", "{word}، هناك {answer}", "إذن/لذلك/إذا/إذًا/وبالتالي/بالتالي/ومن ثم/في الختام"),
    _row("concludes", "nl", "before", "{word}, {answer}", "dus/daarom/bijgevolg/derhalve/kortom/concluderend"),
    _row("concludes", "pl", "before", "{word} {answer}", "zatem/więc/a więc/dlatego/stąd/czyli/w związku z tym/podsumowując"),
    _row("concludes", "cs", "before", "{word} {answer}", "tedy/takže/a proto/z toho plyne/celkem"),
    _row("concludes", "sv", "before", "{word} {answer}", "alltså/därför/således/följaktligen/sammanfattningsvis"),
    _row("concludes", "hu", "before", "{word} {answer}", "tehát/ezért/így/összegezve"),
    _row("concludes", "ro", "before", "{word}, {answer}", "deci/prin urmare/așadar/în concluzie"),
    _row("concludes", "uk", "before", "{word}, {answer}", "отже/тому/таким чином"),
    _row("concludes", "he", "before", "{word}, {answer}", "לכן/ולכן/לפיכך"),
    _row("concludes", "tr", "before", "{word}, {answer}", "bu nedenle/bu yüzden/dolayısıyla/sonuç olarak/o halde/buna göre/öyleyse/böylece/demek ki/yani/kısacası/bu durumda"),
    _row("concludes", "id", "before", "{word}, {answer}", "jadi/oleh karena itu/dengan demikian/maka/kesimpulannya"),
    _row("concludes", "fa", "before", "{word}، {answer}", "بنابراین/پس/در نتیجه/از این رو"),
    _row("concludes", "hi", "before", "{word}, {answer}", "इसलिए/अतः/अंततः"),
    _row("concludes", "th", "before", "{word} {answer}", "ดังนั้น/เพราะฉะนั้น/สรุปว่า"),
    _row("concludes", "bn", "before", "{word}, মোট {answer}", "সুতরাং/অতএব/তাই/ফলে/কাজেই"),
    _row("concludes", "te", "before", "{word}, మొత్తం {answer}", "కాబట్టి/అందువల్ల/కనుక"),
    _row("concludes", "ta", "before", "{word}, மொத்தம் {answer}", "எனவே/ஆகவே/ஆகையால்"),
    _row("concludes", "sw", "before", "{word}, kuna {answer}", "kwa hivyo/kwa hiyo/hivyo/hivyo basi/kwa hivyo basi"),
    _row("concludes", "ur", "before", "{word}، {answer}", "لہذا/اس لیے/چنانچہ"),
    # Picks: verbs by which somebody gives an answer.
    _row("picks", "en", "before", "I {word} {answer}", "choose/am going with/pick/select/go with/would choose/would pick/would select/will choose/will pick/will go with/would go with/say/would say/get/got/conclude/answer/obtain/find/see/find that/conclude that/see that/get that"),
    _row("picks", "zh", "before", "{word}{answer}", "故填/应填/故选/故選/应选/應選/选择/選擇/选/選/本题选"),
    # Sums: headings over the sentence that concludes.
    _row("sums", "en", "before", "**{word}:** Jane has {answer} apples left.", "conclusion/conclusions/final conclusion"),
    _row("sums", "es", "before", "**{word}:** Ana tiene {answer} manzanas.", "conclusión"),
    _row("sums", "de", "before", "**{word}:** Anna hat {answer} Äpfel.", "Fazit/Schlussfolgerung"),
    _row("sums", "pt", "before", "**{word}:** Ana tem {answer} maçãs.", "conclusão"),
    _row("sums", "it", "before", "**{word}:** Anna ha {answer} mele.", "conclusione"),
    _row("sums", "ru", "before", "**{word}:** У Анны {answer} яблока.", "вывод/заключение"),
    _row("sums", "zh", "before", "**{word}：**小明有{answer}个苹果。", "结论/結論"),
    _row("sums", "ja", "before", "**{word}：**りんごは{answer}個です。", "結論"),
    _row("sums", "ko", "before", "**{word}:** 사과는 {answer}개입니다.", "결론"),
    _row("sums", "vi", "before", "**{word}:** Lan có {answer} quả táo.", "kết luận"),
    _row("sums", "id", "before", "**{word}:** Ani memiliki {answer} apel.", "kesimpulan"),
    _row("sums", "nl", "before", "**{word}:** Anna heeft {answer} appels.", "conclusie"),
    _row("sums", "pl", "before", "**{word}:** Anna ma {answer} jabłka.", "wniosek"),
    _row("sums", "uk", "before", "**{word}:** В Анни {answer} яблука.", "висновок"),
    _row("sums", "tr", "before", "**{word}:** Ali'nin {answer} elması var.", "sonuç"),
    # Numbers: what stands before the number of an option.
    _row("numbers", "en", "before", "The answer is {word} {answer}", "number/no./nr."),
    _row("numbers", "zh", "before", "答案是{word}{answer}", "编号/序号/号码"),
    _row("numbers", "es", "before", "La respuesta es la {word} {answer}", "número/numero/núm."),
    _row("numbers", "fr", "before", "La réponse est la {word} {answer}", "numéro"),
    _row("numbers", "de", "before", "Die Antwort ist {word} {answer}", "Nummer/Nr."),
    _row("numbers", "pt", "before", "A resposta é a {word} {answer}", "número/numero"),
    _row("numbers", "it", "before", "La risposta è la {word} {answer}", "numero/n."),
    _row("numbers", "ru", "before", "Ответ: {word} {answer}", "номер/под номером"),
    _row("numbers", "nl", "before", "Het antwoord is {word} {answer}", "nummer"),
    _row("numbers", "pl", "before", "{word} {answer}", "numer/nr"),
    _row("numbers", "tr", "before", "{word} {answer}", "numara"),
    _row("numbers", "id", "before", "Jawaban adalah {word} {answer}", "nomor"),
    _row("numbers", "vi", "before", "Đáp án là {word} {answer}", "số"),
    _row("numbers", "ar", "before", "الإجابة هي {word} {answer}", "رقم"),
    # Exists: what a counted answer stands behind: "there are 5".
    _row("exists", "en", "before", "Thus, {word} {answer}", "there are/there is/there were/it costs/it takes/he has/she has/they have/we have"),
    _row("exists", "zh", "before", "所以{word}{answer}", "一共有/共有/总共有/有/共/还剩/剩下"),
    _row("exists", "es", "before", "Por lo tanto, {word} {answer}", "hay/quedan/tiene/son"),
    _row("exists", "fr", "before", "Donc, {word} {answer}", "il y a/il reste/cela fait/on a"),
    _row("exists", "de", "before", "Also {word} {answer}", "gibt es/sind es/es gibt/bleiben"),
    _row("exists", "pt", "before", "Portanto, {word} {answer}", "há/restam/tem/existem"),
    _row("exists", "it", "before", "Quindi {word} {answer}", "ci sono/restano/ha/rimangono"),
    _row("exists", "ru", "before", "Значит, {word} {answer}", "всего/получается/осталось/имеется"),
    _row("exists", "ko", "before", "따라서 {word} {answer}", "총/모두"),
    _row("exists", "vi", "before", "Do đó, {word} {answer}", "có/còn/có tất cả"),
    _row("exists", "sw", "before", "Kwa hivyo, {word} {answer}", "kuna/ana/jumla ni"),
    _row("exists", "ar", "before", "إذن، {word} {answer}", "هناك/يوجد/لديه/لديها"),
    # Closes: what ends a statement, after the answer.
    _row("closes", "en", "after", "{answer} {word}", "is the answer/is the final answer/is the correct answer/is correct/is the correct option/is the correct choice/is right/is my answer/is our answer/is the result/is the solution/it is/is the best answer/is the right answer/is my final answer/is the one"),
    _row("closes", "zh", "after", "{answer}{word}", "是正确的/是正确答案/正确/是对的/是答案/是正确选项/选项/项"),
    _row("closes", "ja", "after", "答えは{answer}{word}", "です/である/となります/になります/だ/となる/になる/であります"),
    _row("closes", "ko", "after", "정답은 {answer}{word}", "입니다/이다/이에요/예요/이며"),
    _row("closes", "de", "after", "{answer} {word}", "ist die Antwort/ist die richtige Antwort/ist die Lösung/ist das Ergebnis/ist richtig/ist korrekt/ist die richtige/ist die richtige Option/ist die korrekte Antwort"),
    _row("closes", "es", "after", "{answer} {word}", "es la respuesta/es correcta/es correcto/es la solución/es la respuesta correcta/es la opción correcta/es el resultado/es la correcta/es la alternativa correcta"),
    _row("closes", "pt", "after", "{answer} {word}", "é a resposta/é a resposta correta/é a solução/está correta/está correto/é o resultado/é a correta/é a alternativa correta/é a opção correta/está certa/é correta"),
    _row("closes", "it", "after", "{answer} {word}", "è la risposta/è la risposta corretta/è la soluzione/è corretta/è corretto/è il risultato/è quella corretta/è quella giusta/è giusta/è l'opzione corretta"),
    _row("closes", "vi", "after", "{answer} {word}", "là đáp án/là đáp án đúng/là kết quả"),
    _row("closes", "fr", "after", "{answer} {word}", "est la réponse/est la bonne réponse/est la solution/est le résultat/est correct/est correcte/est la bonne/est la bonne option/est l'option correcte/est la réponse correcte/est exacte"),
    _row("closes", "nl", "after", "{answer} {word}", "is het antwoord/is het juiste antwoord/is het correcte antwoord/is juist/is de juiste optie"),
    _row("closes", "pl", "after", "{answer} {word}", "jest poprawna/jest prawidłowa/jest poprawną odpowiedzią/jest prawidłową odpowiedzią"),
    _row("closes", "cs", "after", "{answer} {word}", "je správně/je správná/je správná odpověď/je správnou odpovědí"),
    _row("closes", "sv", "after", "{answer} {word}", "är rätt/är korrekt/är rätt svar/är det rätta svaret"),
    _row("closes", "ro", "after", "{answer} {word}", "este corectă/este corect/este răspunsul corect"),
    _row("closes", "hu", "after", "{answer} {word}", "a helyes válasz/helyes"),
    _row("closes", "ru", "after", "{answer} {word}", "является правильным/является верным/является правильным ответом/верен/верна/верный/правильный"),
    _row("closes", "uk", "after", "{answer} {word}", "є правильною/є правильним/є правильною відповіддю"),
    _row("closes", "id", "after", "{answer} {word}", "adalah jawaban yang benar/adalah jawabannya/adalah yang benar/benar"),
    _row("closes", "fi", "after", "{answer} {word}", "on oikein/on oikea vastaus"),
    _row("closes", "da", "after", "{answer} {word}", "er korrekt/er rigtig/er det rigtige svar"),
    _row("closes", "th", "after", "{answer} {word}", "ถูกต้อง"),
    _row("closes", "he", "after", "{answer} {word}", "היא התשובה הנכונה/נכונה"),
    _row("closes", "hi", "after", "{answer} {word}", "है/होगा"),
    _row("closes", "fa", "after", "{answer} {word}", "است"),
    _row("closes", "tr", "after", "{answer} {word}", "olur/olacaktır/olmaktadır/olarak bulunur/eder/çıkar"),
    _row("closes", "ur", "after", "{answer} {word}", "ہے/ہوگا"),
    # Denies: what says that the answer beside it is not the answer.
    _row("denies", "en", "both", "{answer} {word}", "not/no/never/neither/nor/cannot/can not/wrong/false/incorrect/invalid/untrue/mistaken/nope/nah/eliminated/rejected/impossible/excluded/discarded/unacceptable/inadmissible/inaccurate/unequal/erroneous/refuted/disproved/disproven/disqualified/isn't/aren't/wasn't/doesn't/don't/won't/can't/couldn't/ain't/didn't/hasn't/haven't/hadn't/shouldn't/wouldn't/weren't/mustn't/needn't/shan't/dont/doesnt/didnt/wasnt/arent/werent/wont/cant/couldnt/wouldnt/shouldnt/hasnt/havent/hardly/scarcely/barely/nothing/nobody/none/fails/failed/rejects/ruled out/not really/not quite/far from/anything but/instead of/unlike/rather than/except/excluding/nowhere near/no way/not at all/by no means/out of the question/fake/bogus/debunked/refuses/misses/ruled/rule out/rules out/ruling out/tempting/contradicts/contradict/refuse/disagree/deny/pretend"),
    _row("denies", "zh", "both", "{answer} {word}", "不是/不对/不對/不正确/不成立/并非/並非/错误/錯誤/错/有误/而非/不可能/并不/排除/不等于/绝不/不认为/不觉得/不相信/不同意"),
    _row("denies", "es", "both", "{answer} {word}", "nunca/jamás/tampoco/incorrecto/incorrecta/falso/falsa/erróneo/errónea/imposible/ni/no es/equivocado/equivocada"),
    _row("denies", "fr", "both", "{answer} {word}", "pas/jamais/faux/fausse/impossible/n'est pas/non plus/incorrecte/erroné/erronée/exclu/non"),
    _row("denies", "de", "both", "{answer} {word}", "nicht/kein/keine/keinen/keinem/keiner/niemals/falsch/weder/unmöglich/ausgeschlossen/keinesfalls/nein"),
    _row("denies", "pt", "both", "{answer} {word}", "não/errado/errada/incorreto/incorreta/impossível/nem/jamais"),
    _row("denies", "it", "both", "{answer} {word}", "non/mai/sbagliato/sbagliata/errato/errata/impossibile/scorretto/né"),
    _row("denies", "ru", "both", "{answer} {word}", "не/нет/никогда/неверно/неправильно/невозможно/ложь/ошибочно/исключено"),
    _row("denies", "ja", "both", "{answer}{word}", "ではない/じゃない/ていません/ていない/がない/はない/がありません/はありません/ではありません/でない/違う/違います/間違い/誤り/不正解/ありえない"),
    _row("denies", "ko", "both", "{answer} {word}", "아니/아닙/아니다/아닙니다/아니에요/않다/틀렸다/틀렸/틀립니다/틀림/오답/아님"),
    _row("denies", "vi", "both", "{answer} {word}", "không/không phải/không đúng/sai/chẳng/không thể/chưa"),
    _row("denies", "ar", "both", "{answer} {word}", "ليس/ليست/لا/خطأ/خاطئة/خاطئ/غير صحيح/غير صحيحة/مستحيل/لن/كلا/الخاطئة/الخاطئ"),
    _row("denies", "nl", "both", "{answer} {word}", "niet/geen/onjuist/fout/verkeerd/onwaar/nooit"),
    _row("denies", "sv", "both", "{answer} {word}", "inte/ej/ingen/fel/felaktig/felaktigt/aldrig"),
    _row("denies", "da", "both", "{answer} {word}", "ikke/forkert/aldrig/forkerte"),
    _row("denies", "pl", "both", "{answer} {word}", "nie/błędna/nieprawda/błędne/błędny/niepoprawna/niepoprawne/nieprawidłowa/nieprawidłowe/nigdy"),
    _row("denies", "cs", "both", "{answer} {word}", "není/ne/nikoli/nesprávná/nesprávně/špatná/špatně/nejsou/nikdy/nemyslím si"),
    _row("denies", "tr", "both", "{answer} {word}", "değil/değildir/yanlış/yanlıştır/hayır/olamaz/hatalı/olmaz/olmayacak/olmamalı/olmadığı"),
    _row("denies", "id", "both", "{answer} {word}", "bukan/tidak/bukanlah/salah/keliru/bukannya"),
    _row("denies", "th", "both", "{answer} {word}", "ไม่ใช่/ไม่ถูก/ผิด/ไม่จริง/ไม่ได้เป็น"),
    _row("denies", "hi", "both", "{answer} {word}", "नहीं/गलत/ग़लत/असत्य"),
    _row("denies", "uk", "both", "{answer} {word}", "неправильно/невірно/неправильна/невірна/хибно/хибна"),
    _row("denies", "el", "both", "{answer} {word}", "δεν/όχι/λάθος/λανθασμένη/λανθασμένο/ποτέ"),
    _row("denies", "he", "both", "{answer} {word}", "לא/שגוי/שגויה/השגוי/השגויה/אינו/אינה/איננו/איננה"),
    _row("denies", "fa", "both", "{answer} {word}", "نیست/غلط/نادرست/اشتباه/خیر/نمی باشد/نمیباشد/نه"),
    _row("denies", "ro", "both", "{answer} {word}", "greșit/incorect/greșită/incorectă/nu este/nu sunt/niciodată"),
    _row("denies", "hu", "both", "{answer} {word}", "nem/helytelen/helytelen válasz/hibás/téves/rossz/soha"),
    _row("denies", "fi", "both", "{answer} {word}", "väärin/väärä/ei ole"),
    _row("denies", "bn", "both", "{answer} {word}", "ভুল/নয়"),
    _row("denies", "te", "both", "{answer} {word}", "కాదు/తప్పు/లేదు"),
    _row("denies", "ta", "both", "{answer} {word}", "அல்ல/இல்லை/தவறு"),
    _row("denies", "ur", "both", "{answer} {word}", "نہیں/غلط"),
    _row("denies", "sw", "both", "{answer} {word}", "siyo/sio"),
    # Hedges: what leaves open whether it is the answer.
    _row("hedges", "en", "both", "{answer} {word}", "maybe/perhaps/possibly/probably/likely/unlikely/supposedly/allegedly/presumably/arguably/seemingly/apparently/potentially/conceivably/guess/guessing/doubt/doubtful/doubtfully/unsure/uncertain/unclear/unknown/debatable/questionable/speculative/tentative/tentatively/plausible/plausibly/improbable/implausible/might/may/could/would/depends/depending/suppose/assume/assuming/hunch/estimate/estimated/guesstimate/not sure/not certain/no idea/who knows/hopefully/if/unless/whether/either/seems/appears to be/looks like/ish/or so/or thereabouts/thereabouts/sort of/kind of/possible/hmm/perchance/hard to say/don't know/do not know/cannot say/can't tell/undecided/undetermined/undefined/probable/approx/roughly/more or less/give or take/and change/dubious/who can say/who can tell/hard to tell/anyone's guess/anybody's guess/for now/first guess/first thought/initially/originally/iirc/afaik/i reckon/reportedly/not confident/not convinced/not positive/can't be certain/can't be sure/cannot be certain/cannot be sure/about right/random/randomly/give up/i thought/we thought/i wish/i hoped/used to think"),
    _row("hedges", "en", "after", "{answer} {word}", "unverified/unchecked/unconfirmed/to be checked/to be confirmed/to be verified/to be double-checked/tbc/tbd/todo/placeholder/dummy"),
    _row("denies", "en", "before", "We {word} {answer}", "reject/discard/eliminate/exclude/dismiss/rule out/have yet to/are yet to/no way to/impossible to"),
    _row("hedges", "en", "before", "{word} {answer}", "hope/claims/claimed/gut says/off the top of my head/can't say for sure/a feeling/chance that/chance the/prove that/want to show/so far/until now/up to now/up to here/at this point/at first/used to be/thought to be/believed to be/supposed to be/said to be/assumed to be/presumed to be/alleged to be/rumored to be/rumoured to be/wanted to/tried to/hoped to/hard to/difficult to/failed to"),
    _row("hedges", "zh", "both", "{answer} {word}", "可能/也许/也許/或许/或許/大概/大约/大約/似乎/看起来/好像/猜/我猜/估计/估計/不确定/不確定/左右/恐怕/说不定/存疑/应该吧/吧/未必/不一定/不知道/难说/約/约/大致/差不多/大抵"),
    _row("hedges", "es", "both", "{answer} {word}", "quizás/quizá/tal vez/posiblemente/probablemente/a lo mejor/acaso/puede ser/podría/no estoy seguro/no sé/supongo/creo/dudo/depende/aproximadamente/más o menos/a ojo/rondaría/diría yo/apostaría/yo apostaría/intuyo/diría/debe de/deben de/parece ser/parecen ser"),
    _row("hedges", "fr", "both", "{answer} {word}", "peut-être/possiblement/probablement/sans doute/environ/je crois/je suppose/je doute/pas sûr/pas sûre/pas certain/ça dépend/cela dépend/je ne sais pas/pourrait/semble/d'environ/à peu près/approximativement/grosso modo/je pencherais/je penche/je parie/avoisine/avoisiner/à vue de nez/je dirais/dirais-je"),
    _row("hedges", "de", "both", "{answer} {word}", "vielleicht/möglicherweise/wahrscheinlich/vermutlich/eventuell/ungefähr/etwa/wohl/könnte/kaum/ich glaube/ich vermute/unsicher/nicht sicher/keine Ahnung/kommt darauf an/circa/schätzungsweise/ich schätze/ich tippe/dürfte/grob geschätzt/über den Daumen/tippen/tippe/würde ich sagen/ich würde sagen/würde ich meinen/müsste/müssten/könnten/dürften/keine Idee"),
    _row("hedges", "pt", "both", "{answer} {word}", "talvez/possivelmente/provavelmente/porventura/acho/não sei/duvido/poderia/pode ser/não tenho certeza/aproximadamente/mais ou menos/chuto/chutaria/um chute/gira em torno/suponho/diria"),
    _row("hedges", "it", "both", "{answer} {word}", "forse/magari/probabilmente/possibilmente/credo/suppongo/dubito/potrebbe/non so/non sono sicuro/non sono sicura/dipende/circa/più o meno/all'incirca/a occhio/scommetterei/pressappoco/direi"),
    _row("hedges", "ru", "both", "{answer} {word}", "может быть/возможно/вероятно/наверное/наверно/кажется/примерно/около/вряд ли/едва ли/не уверен/не уверена/не знаю/думаю/сомневаюсь/скорее всего/зависит/приблизительно/где-то/ориентировочно/навскидку/предположительно/полагаю/плюс-минус"),
    _row("hedges", "ja", "both", "{answer}{word}", "かもしれない/かもしれません/たぶん/多分/おそらく/恐らく/でしょう/だろう/と思う/と思います/くらい/ぐらい/約/およそ/わからない/かな/気がします/気がする/と言った/と言いました/と言っています/と述べ/と主張し/と聞きました"),
    _row("hedges", "ko", "both", "{answer} {word}", "아마/아마도/어쩌면/혹시/것 같다/것 같습니다/모르겠다/모르겠습니다/정도/대략/약/추측/수도 있/일지도/자신이 없/쯤/가량/내외/라고 가정/라고 했/라고 말했/라고 말합"),
    _row("hedges", "vi", "both", "{answer} {word}", "có lẽ/có thể/chắc là/khoảng/hình như/không chắc/tôi đoán/đoán/dường như/không biết/xấp xỉ/ước chừng/độ chừng/áng chừng/phỏng chừng/tầm khoảng/xem chừng"),
    _row("hedges", "ar", "both", "{answer} {word}", "ربما/لعل/قد/أظن/أعتقد/تقريبا/تقريبًا/حوالي/لست متأكدا/غير متأكد/من المحتمل/على الأرجح/لا أعرف"),
    _row("hedges", "nl", "both", "{answer} {word}", "ongeveer/misschien/waarschijnlijk/wellicht/vermoedelijk/niet zeker/ik denk/ik weet het niet/zou kunnen/zal wel/lijkt"),
    _row("hedges", "sv", "both", "{answer} {word}", "ungefär/kanske/troligen/förmodligen/jag tror/vet inte/osäker/antagligen/möjligen"),
    _row("hedges", "da", "both", "{answer} {word}", "måske/omtrent/sandsynligvis/formentlig"),
    _row("hedges", "tr", "both", "{answer} {word}", "belki/yaklaşık/muhtemelen/galiba/sanırım/herhalde/olabilir/emin değilim/bilmiyorum"),
    _row("hedges", "pl", "both", "{answer} {word}", "może/około/prawdopodobnie/chyba/być może/zapewne/raczej/nie wiem/nie jestem pewien/nie jestem pewna/zgaduję/mniej więcej"),
    _row("hedges", "cs", "both", "{answer} {word}", "možná/přibližně/pravděpodobně/snad/zřejmě/nevím/nejsem si jistý/nejsem si jistá/nejspíš/nejspíše"),
    _row("hedges", "uk", "both", "{answer} {word}", "можливо/приблизно/мабуть/ймовірно/напевно/здається/не впевнений/не впевнена"),
    _row("hedges", "id", "both", "{answer} {word}", "mungkin/sekitar/kira-kira/barangkali/sepertinya/tidak yakin/tidak tahu/saya rasa/kurang lebih"),
    _row("hedges", "sw", "both", "{answer} {word}", "labda/takriban/huenda/linaweza/inaweza"),
    _row("hedges", "hi", "both", "{answer} {word}", "शायद/लगभग/संभवतः/मुझे लगता"),
    _row("hedges", "th", "both", "{answer} {word}", "อาจจะ/อาจ/ประมาณ/น่าจะ/ไม่แน่ใจ/ไม่รู้/ไม่ทราบ/คิดว่า"),
    _row("hedges", "el", "both", "{answer} {word}", "ίσως/περίπου/μάλλον/πιθανώς/ενδεχομένως/νομίζω"),
    _row("hedges", "he", "both", "{answer} {word}", "אולי/בערך/כנראה/ייתכן/אני חושב/אני חושבת"),
    _row("hedges", "fa", "both", "{answer} {word}", "شاید/تقریبا/احتمالا/احتمالاً/ممکن/نمیدانم/نمی دانم/مطمئن نیستم/حدود/حدودا/فکر میکنم/فکر می کنم/گمان"),
    _row("hedges", "ro", "both", "{answer} {word}", "poate/aproximativ/probabil/cred că/nu știu/nu sunt sigur/nu sunt sigură/posibil"),
    _row("hedges", "hu", "both", "{answer} {word}", "talán/körülbelül/valószínűleg/esetleg/nem tudom/nem vagyok biztos/lehet"),
    _row("hedges", "fi", "both", "{answer} {word}", "ehkä/noin/luultavasti/en tiedä/en ole varma/lienee/kenties/kaiketi"),
    _row("hedges", "bn", "both", "{answer} {word}", "সম্ভবত/প্রায়/হয়তো"),
    _row("hedges", "te", "both", "{answer} {word}", "బహుశా/దాదాపు"),
    _row("hedges", "ta", "both", "{answer} {word}", "ஒருவேளை/சுமார்"),
    _row("hedges", "ur", "both", "{answer} {word}", "شاید/تقریباً"),
    _row("hedges", "tr", "after", "{answer} {word}", "bence/bana göre/diyorum/derim/diyor/diyorlar/dedi/dediler/denir/deniyor/olduğunu düşünüyorum/olduğunu sanıyorum/olduğunu tahmin ediyorum/olduğuna inanıyorum/olduğunu söylüyor/olduğunu söyledi/olduğunu söylüyorlar/olduğunu düşünüyor/olduğunu iddia ediyor/gibi görünüyor/gibi duruyor/gibi/olmalı/diye düşünüyorum/diye tahmin ediyorum/çıkabilir/olsa gerek/olsun/olsa"),
    # Wavers: what only a speaker says who doubts, of everything in the sentence.
    _row("wavers", "en", "both", "I say {word}, the answer is {answer}", "not sure/unsure/not certain/uncertain/no idea/who knows/guess/guessing/hunch/doubt/don't know/do not know/not confident/not convinced/not positive/can't be sure/cannot be sure"),
    _row("wavers", "zh", "both", "{word}，答案是{answer}", "我猜/不确定/不確定/不知道"),
    _row("wavers", "zh", "both", "{word}，答案是{answer}", "我觉得/我想应该/我想是/个人认为/个人觉得/据我所知/如果没记错/如果我没记错/随便猜/猜一个/瞎猜/凭感觉"),
    _row("wavers", "es", "both", "{word}, la respuesta es {answer}", "no estoy seguro/no estoy segura/no sé"),
    _row("wavers", "es", "both", "{word} que la respuesta es {answer}", "creo/pienso/opino/supongo/me imagino/imagino/adivino/intuyo/diría/me parece/sospecho"),
    _row("wavers", "es", "both", "{word}, la respuesta es {answer}", "mi opinión/mi parecer/si no me equivoco/si mal no recuerdo/que yo sepa/seguramente"),
    _row("wavers", "fr", "both", "Je ne suis {word}, la réponse est {answer}", "pas sûr/pas sûre/pas certain"),
    _row("wavers", "fr", "both", "{word}, la réponse est {answer}", "je crois/je pense/je suppose/j'imagine/je devine/je dirais/je parie/je présume/mon avis/il me semble/si je ne me trompe/si je me souviens/autant que je sache/je ne sais pas"),
    _row("wavers", "de", "both", "Ich bin {word}, die Antwort ist {answer}", "nicht sicher/unsicher"),
    _row("wavers", "de", "both", "{word}, die Antwort ist {answer}", "ich glaube/ich denke/ich meine/ich nehme an/ich vermute/ich schätze/ich tippe/ich rate/ich würde sagen/ich würde meinen/würde ich sagen/meiner Meinung nach/meiner Ansicht nach/meines Erachtens/meines Wissens/soweit ich weiß/wenn ich mich nicht irre/glaube ich/denke ich/vermute ich/schätze ich/nehme ich an/keine Ahnung"),
    _row("wavers", "pt", "both", "{word}, a resposta é {answer}", "não tenho certeza/não sei"),
    _row("wavers", "pt", "both", "{word} que a resposta é {answer}", "acho/creio/penso/acredito/suponho/imagino/diria/parece-me/me parece/presumo/desconfio"),
    _row("wavers", "pt", "both", "{word}, a resposta é {answer}", "minha opinião/meu ver/se não me engano/se não estou enganado/que eu saiba/chuto"),
    _row("wavers", "it", "both", "{word}, la risposta è {answer}", "non sono sicuro/non sono sicura/non so"),
    _row("wavers", "it", "both", "{word} che la risposta sia {answer}", "credo/penso/suppongo/immagino/presumo/direi/mi sembra/mi pare/ritengo"),
    _row("wavers", "it", "both", "{word}, la risposta è {answer}", "secondo me/mio parere/mio avviso/se non sbaglio/se non erro/se ricordo bene/per quanto ne so/tiro a indovinare"),
    _row("wavers", "ru", "both", "Я {word}, ответ: {answer}", "не уверен/не уверена/не знаю"),
    _row("wavers", "ru", "both", "{word}, ответ: {answer}", "думаю/полагаю/предполагаю/считаю что/угадываю/по-моему/мне кажется/как мне кажется/я бы сказал/я бы сказала/если не ошибаюсь/насколько я помню/насколько я знаю/на мой взгляд/похоже/видимо/вроде/вроде бы/по всей видимости"),
    _row("wavers", "ko", "both", "{word}지만, 정답은 {answer}", "자신이 없"),
    _row("wavers", "ko", "both", "{word}, 정답은 {answer}", "제 생각에는/제 생각에/제 생각엔/내 생각에는/내 생각에/내 생각엔/제가 보기에는/제가 알기로는/제가 알기로/추측하건대/추측하자면/찍자면/개인적으로"),
    _row("wavers", "vi", "both", "Tôi {word}, đáp án là {answer}", "không chắc/không biết"),
    _row("wavers", "vi", "both", "{word}, đáp án là {answer}", "tôi nghĩ/tôi đoán/tôi tin/tôi cho rằng/theo tôi/theo ý tôi/theo tôi nghĩ/nếu tôi không nhầm/nếu tôi nhớ không nhầm/có vẻ/nghe nói"),
    _row("wavers", "nl", "both", "Ik ben {word}, het antwoord is {answer}", "niet zeker"),
    _row("wavers", "nl", "both", "{word}, het antwoord is {answer}", "ik denk/ik geloof/ik meen/ik vermoed/ik gok/ik schat/ik raad/ik vind/ik zou zeggen/zou ik zeggen/volgens mij/naar mijn mening/mijns inziens/denk ik/geloof ik/vermoed ik/als ik me niet vergis/ik weet het niet"),
    _row("wavers", "pl", "both", "{word}, odpowiedź: {answer}", "nie wiem/nie jestem pewien/nie jestem pewna"),
    _row("wavers", "pl", "both", "{word}, odpowiedź: {answer}", "myślę/sądzę/uważam/przypuszczam/zgaduję/strzelam/powiedziałbym/powiedziałabym/wydaje mi się/moim zdaniem/według mnie/o ile się nie mylę/o ile wiem/chyba/podobno"),
    _row("wavers", "cs", "both", "{word}, odpověď: {answer}", "nevím/nejsem si jistý/nejsem si jistá"),
    _row("wavers", "cs", "both", "{word}, odpověď: {answer}", "myslím/domnívám se/hádám/tipuji/tipuju/odhaduji/řekl bych/řekla bych/podle mě/podle mého názoru/pokud se nemýlím/zdá se mi"),
    _row("wavers", "sv", "both", "Jag är {word}, svar: {answer}", "osäker"),
    _row("wavers", "sv", "both", "{word}, svar: {answer}", "jag tror/jag tycker/jag antar/jag gissar/jag skulle säga/skulle jag säga/jag anser/enligt mig/tror jag/antar jag/om jag inte minns fel/om jag inte har fel"),
    _row("wavers", "tr", "both", "{word}, cevap: {answer}", "emin değilim/bilmiyorum"),
    _row("wavers", "tr", "both", "{word}, cevap: {answer}", "sanırım/galiba/bence/bana göre/tahminimce/tahminim/tahmin ediyorum/düşünüyorum/düşünüyorum ki/zannedersem/herhalde/yanılmıyorsam/yanlış hatırlamıyorsam/bildiğim kadarıyla/anneme göre/babama göre/arkadaşıma göre/öğretmenime göre/hocama göre/onlara göre"),
    _row("wavers", "id", "both", "Saya {word}, jawaban: {answer}", "tidak yakin/tidak tahu"),
    _row("wavers", "id", "both", "{word}, jawaban: {answer}", "saya pikir/saya kira/saya rasa/saya duga/saya menebak/saya tebak/menurut saya/menurutku/menurut pendapat saya/kalau tidak salah/jika tidak salah/setahu saya/katanya"),
    _row("wavers", "fa", "both", "{word}، پاسخ: {answer}", "مطمئن نیستم/نمیدانم/نمی دانم"),
    _row("wavers", "fa", "both", "{word}، پاسخ: {answer}", "به نظر من/به نظرم/فکر میکنم/فکر می کنم/فکر می‌کنم/حدس میزنم/حدس می زنم/حدس می‌زنم/گمان میکنم/گمان می کنم/گمان می‌کنم/به گمانم"),
    _row("wavers", "ro", "both", "{word}, răspuns: {answer}", "nu știu/nu sunt sigur/nu sunt sigură"),
    _row("wavers", "ro", "both", "{word} că răspunsul este {answer}", "cred/presupun/bănuiesc/aș zice/aș spune/mi se pare/se pare/ghicesc"),
    _row("wavers", "ro", "both", "{word}, răspuns: {answer}", "părerea mea/opinia mea/dacă nu mă înșel"),
    _row("wavers", "hu", "both", "{word}, válasz: {answer}", "nem tudom/nem vagyok biztos/anyám szerint/apám szerint/barátom szerint/tanárom szerint/mások szerint/sokak szerint"),
    _row("wavers", "hu", "both", "{word}, válasz: {answer}", "azt hiszem/szerintem/úgy gondolom/úgy vélem/úgy tűnik/tippem/tippelek/ha nem tévedek/véleményem szerint/azt mondanám"),
    _row("wavers", "uk", "both", "{word}, відповідь: {answer}", "не впевнений/не впевнена"),
    _row("wavers", "uk", "both", "{word}, відповідь: {answer}", "думаю/гадаю/вважаю/припускаю/на мою думку/мені здається/як на мене/я б сказав/я б сказала/якщо не помиляюся"),
    _row("wavers", "th", "both", "{word} คำตอบ: {answer}", "ไม่แน่ใจ/ไม่รู้/ไม่ทราบ"),
    _row("wavers", "th", "both", "{word} คำตอบ: {answer}", "ฉันคิดว่า/ผมคิดว่า/ดิฉันคิดว่า/เราคิดว่า/เดาว่า/ตามความเห็น/ในความคิดของ/ถ้าจำไม่ผิด"),
    _row("wavers", "hi", "both", "{word}, उत्तर: {answer}", "पता नहीं"),
    _row("wavers", "hi", "both", "{word}, उत्तर: {answer}", "मुझे लगता/मेरे विचार/मेरे हिसाब से/मेरा अनुमान/मैं सोचता/मैं सोचती/मेरे ख्याल/मेरी राय"),
    _row("wavers", "da", "both", "{word}, svaret er {answer}", "jeg tror/jeg mener/jeg antager/jeg gætter/jeg vil sige/jeg ville sige/tror jeg/efter min mening/jeg synes/jeg ved ikke"),
    _row("wavers", "ja", "both", "{word}、答えは{answer}", "私の考えでは/個人的には/勘ですが/推測ですが/記憶が正しければ/私の記憶では/思うに"),
    _row("wavers", "ar", "both", "{word} أن الإجابة هي {answer}", "أظن/أعتقد/أخمن/أفترض/أتوقع"),
    _row("wavers", "ar", "both", "{word} الإجابة هي {answer}", "في رأيي/برأيي/في نظري/حسب علمي/على حد علمي/على ما أظن/على ما أعتقد/إن لم أكن مخطئا/إن لم أخطئ"),
    _row("wavers", "bn", "both", "{word} উত্তর হলো {answer}", "আমি মনে করি/আমার মনে হয়/আমার মতে/আমি অনুমান/আমার ধারণা"),
    _row("wavers", "te", "both", "{word} సమాధానం: {answer}", "నేను అనుకుంటున్నాను/నా అభిప్రాయం/నాకు అనిపిస్తుంది"),
    _row("wavers", "ta", "both", "{word} பதில்: {answer}", "நான் நினைக்கிறேன்/என் கருத்து/எனக்குத் தோன்றுகிறது"),
    _row("wavers", "ur", "both", "{word}، جواب: {answer}", "میرے خیال/مجھے لگتا/میرا اندازہ"),
    _row("wavers", "sw", "both", "{word} jibu ni {answer}", "nadhani/nafikiri/naamini/nahisi/kwa maoni yangu/nakisia"),
    _row("wavers", "he", "both", "{word} שהתשובה היא {answer}", "אני חושב/אני חושבת/אני מניח/אני מניחה/אני מנחש/נראה לי/אני מאמין/הייתי אומר"),
    _row("wavers", "he", "both", "{word} התשובה היא {answer}", "לדעתי/להערכתי/אם אני לא טועה/למיטב ידיעתי"),
    _row("wavers", "el", "both", "{word} ότι απάντηση: {answer}", "νομίζω/πιστεύω/υποθέτω/μαντεύω/μου φαίνεται"),
    _row("wavers", "el", "both", "{word}, απάντηση: {answer}", "κατά τη γνώμη μου/θα έλεγα/αν δεν κάνω λάθος"),
    _row("wavers", "fi", "both", "{word}, vastaus: {answer}", "luulen/arvelen/arvaan/arvaukseni/mielestäni/sanoisin/uskon/veikkaan/jos en erehdy"),
    # Opines: what makes of an answer that is followed by it no more than an opinion.
    _row("opines", "en", "after", "{answer}, {word}", "i think/i believe/i suppose/i would say/i'd say/or something/something like that/if memory serves/if i recall/as far as i know/as far as i can tell/to the best of my knowledge"),
    _row("opines", "de", "after", "{answer}, {word}", "glaube ich/denke ich/meine ich/vermute ich/schätze ich/nehme ich an/würde ich sagen/soweit ich weiß/meiner Meinung nach/oder so"),
    _row("opines", "fr", "after", "{answer}, {word}", "je pense/j'imagine/me semble-t-il/il me semble/à mon avis/selon moi/je présume"),
    _row("opines", "es", "after", "{answer}, {word}", "pienso/me imagino/imagino/me parece/opino/en mi opinión/según yo/o algo así"),
    _row("opines", "pt", "after", "{answer}, {word}", "creio/penso/acredito/imagino/me parece/parece-me/na minha opinião/eu acho/ou algo assim"),
    _row("opines", "it", "after", "{answer}, {word}", "penso/immagino/mi sembra/mi pare/secondo me/a mio parere/o qualcosa del genere"),
    _row("opines", "ru", "after", "{answer}, {word}", "по-моему/считаю/предполагаю/похоже/видимо/мне кажется/как мне кажется/насколько я помню/если не ошибаюсь"),
    _row("opines", "nl", "after", "{answer}, {word}", "denk ik/geloof ik/vermoed ik/volgens mij/zou ik zeggen/of zoiets"),
    _row("opines", "pl", "after", "{answer}, {word}", "myślę/sądzę/moim zdaniem/według mnie/tak mi się wydaje/wydaje mi się/przypuszczam"),
    _row("opines", "cs", "after", "{answer}, {word}", "myslím/podle mě/řekl bych/hádám/tuším"),
    _row("opines", "sv", "after", "{answer}, {word}", "tror jag/antar jag/tycker jag/gissar jag/enligt mig/skulle jag säga"),
    _row("opines", "da", "after", "{answer}, {word}", "tror jeg/mener jeg/antager jeg/gætter jeg"),
    _row("opines", "vi", "after", "{answer}, {word}", "tôi nghĩ/tôi đoán/theo tôi/tôi tin"),
    _row("opines", "id", "after", "{answer}, {word}", "saya rasa/saya pikir/saya kira/menurut saya/kalau tidak salah"),
    _row("opines", "zh", "after", "{answer}，{word}", "我想/我觉得/我认为/个人认为"),
    _row("opines", "ar", "after", "{answer}، {word}", "على ما أظن/على ما أعتقد/في رأيي/برأيي/حسب علمي"),
    _row("opines", "hu", "after", "{answer}, {word}", "azt hiszem/szerintem/úgy gondolom/gondolom"),
    _row("opines", "ro", "after", "{answer}, {word}", "cred/presupun/bănuiesc/după părerea mea/parcă"),
    _row("opines", "uk", "after", "{answer}, {word}", "думаю/гадаю/вважаю/на мою думку/мені здається"),
    _row("opines", "el", "after", "{answer}, {word}", "πιστεύω/υποθέτω/θα έλεγα"),
    _row("opines", "he", "after", "{answer}, {word}", "לדעתי/נראה לי/אני מניח/אני מניחה"),
    _row("opines", "fi", "after", "{answer}, {word}", "luulen/arvelen/mielestäni/luulisin"),
    _row("opines", "sw", "after", "{answer}, {word}", "nadhani/nafikiri"),
    _row("opines", "ja", "after", "答えは{answer}{word}", "らしい/みたい/のよう/と推測/と言いました/と言って/と言う/と聞い/はずだった/だったはず"),
    _row("opines", "ko", "after", "답은 {answer}{word}", "라고 생각/이라고 생각/일 것/일 거/일 겁/인 듯/로 보/으로 보/라고 들/라고 합니다/라고 한다/라고 하/이라고 합니다/이라고 하/인 것 같"),
    # Retracts: what takes back what was said before it.
    _row("retracts", "en", "after", "{answer}, {word}", "wait/no wait/actually/scratch that/correction/oops/sorry/never mind/nevermind/on second thought/on second thoughts/hold on/hang on/strike that/my mistake/let me reconsider/i take that back/i take it back/my bad/i mean/rather/or rather/just kidding/kidding/nonsense/psych/no"),
    _row("retracts", "zh", "after", "{answer}，{word}", "等等/等一下/不对/不不/更正/抱歉/算错了/重新/应改为"),
    _row("retracts", "es", "after", "{answer}, {word}", "espera/corrección/mejor dicho/perdón/me equivoqué"),
    _row("retracts", "fr", "after", "{answer}, {word}", "attends/attendez/correction/plutôt/pardon/je me suis trompé/en fait"),
    _row("retracts", "de", "after", "{answer}, {word}", "moment mal/warte/korrektur/vielmehr/entschuldigung/eigentlich/doch nicht/stimmt nicht/doch falsch"),
    _row("retracts", "pt", "after", "{answer}, {word}", "espere/espera/correção/aliás/desculpe/na verdade"),
    _row("retracts", "it", "after", "{answer}, {word}", "aspetta/correzione/anzi/scusa/in realtà"),
    _row("retracts", "ru", "after", "{answer}, {word}", "подождите/подожди/стоп/точнее/исправление/вернее/ошибка/на самом деле"),
    _row("retracts", "ja", "after", "{answer}、{word}", "待って/訂正/すみません/いや/いいえ"),
    _row("retracts", "ko", "after", "{answer}, {word}", "잠깐/잠시만/정정/아니요/죄송"),
    _row("retracts", "vi", "after", "{answer}, {word}", "khoan/chờ đã/xin lỗi/à không/đính chính"),
    _row("retracts", "ar", "after", "{answer}، {word}", "انتظر/تصحيح/عفوا/في الواقع/بل"),
    # Disowns: what says with "is" or "was" that the answer before it is none, or one no longer.
    _row("disowns", "en", "after", "{answer} is {word}", "the trap/a trap/the trap answer/the distractor/a distractor/the decoy/what you get if/what you get when/what one gets if/what you find if/what comes out if/what i first/what i initially/what i originally/what i had/what you would get/what you'd get/what one would get/what you might/what one might/what people/what many people/what most people/what they/my first/my initial/my original/my earlier/my previous/used to be/off by/only an upper/only a lower/an upper bound/a lower bound/an overestimate/an underestimate/one option/one possibility/one candidate/a mistake/an error/a guess/a typo/a misprint/a placeholder/the placeholder/an example/the example/too large/too big/too high/too small/too low/too much/too many/too few"),
    # Rivals: what sets another answer beside it.
    _row("rivals", "en", "after", "{answer} {word} {other}", "or/also/then/versus/vs/alternatively/else/otherwise/and/plus/as well as/along with/or maybe/or perhaps"),
    _row("rivals", "zh", "after", "{answer}{word}{other}", "或/或者/还是/還是/和/与/以及/也可能是/要么"),
    _row("rivals", "es", "after", "{answer} {word} {other}", "o/o bien/u/y"),
    _row("rivals", "fr", "after", "{answer} {word} {other}", "ou/ou bien/et"),
    _row("rivals", "de", "after", "{answer} {word} {other}", "oder/und/bzw/beziehungsweise"),
    _row("rivals", "pt", "after", "{answer} {word} {other}", "ou/e"),
    _row("rivals", "it", "after", "{answer} {word} {other}", "o/oppure/e"),
    _row("rivals", "ru", "after", "{answer} {word} {other}", "или/либо/и"),
    _row("rivals", "ja", "after", "{answer}{word}{other}", "または/あるいは/もしくは/か/と"),
    _row("rivals", "ko", "after", "{answer} {word} {other}", "또는/혹은/이나/및"),
    _row("rivals", "vi", "after", "{answer} {word} {other}", "hoặc/hay/và"),
    _row("rivals", "ar", "after", "{answer} {word} {other}", "أو/أم/و"),
    _row("rivals", "pl", "after", "{answer} {word} {other}", "lub/albo/czy"),
    _row("rivals", "cs", "after", "{answer} {word} {other}", "nebo/anebo/či"),
    _row("rivals", "sv", "after", "{answer} {word} {other}", "eller/och"),
    _row("rivals", "hu", "after", "{answer} {word} {other}", "vagy/és"),
    _row("rivals", "ro", "after", "{answer} {word} {other}", "sau/ori"),
    _row("rivals", "uk", "after", "{answer} {word} {other}", "або/чи"),
    _row("rivals", "el", "after", "{answer} {word} {other}", "ή/είτε"),
    _row("rivals", "he", "after", "{answer} {word} {other}", "או"),
    _row("rivals", "tr", "after", "{answer} {word} {other}", "veya/ya da/yahut"),
    _row("rivals", "id", "after", "{answer} {word} {other}", "atau"),
    _row("rivals", "fa", "after", "{answer} {word} {other}", "یا"),
    _row("rivals", "hi", "after", "{answer} {word} {other}", "अथवा"),
    _row("rivals", "th", "after", "{answer} {word} {other}", "หรือ"),
    _row("rivals", "fi", "after", "{answer} {word} {other}", "tai"),
    _row("rivals", "te", "after", "{answer} {word} {other}", "లేదా"),
    _row("rivals", "ta", "after", "{answer} {word} {other}", "அல்லது"),
    _row("rivals", "ur", "after", "{answer} {word} {other}", "یا"),
    # Changes: what makes another number of the number beside it.
    _row("changes", "en", "both", "{word} {answer}", "least/most/than/more/less/fewer/over/under/above/below/between/nearly/almost/up to/half/twice/double/doubled/triple/tripled/thrice/halved/times/divided/multiplied/squared/cubed/minus/plus/negative/positive/modulo/mod/factorial/infinity/close to/next to/through/beyond/without/near/against/onwards/off/point/base/other than/some/any/another/other/something/anything/onward/percent/to"),
    _row("changes", "es", "before", "{word} {answer}", "menos de/más de/mas de/al menos/como máximo/como mínimo/mayor que/menor que/casi/cerca de/el doble de/la mitad de/unos/unas/el triple de/un tercio de/un cuarto de/la tercera parte de/alrededor de/en torno a/hasta/un múltiplo de/múltiplo de/un divisor de/divisor de/divisible por/divisible entre/a lo sumo/como mucho/más que/menos que/superior a/inferior a/supera/excede/próxima a/cercana a/por debajo de/por debajo del/por encima de/por encima del/ronda"),
    _row("changes", "fr", "before", "{word} {answer}", "moins de/plus de/au moins/au plus/supérieur à/inférieur à/presque/près de/le double de/deux fois plus que/trois fois plus que/deux fois moins que/la moitié de/le triple de/le tiers de/un tiers de/le quart de/un quart de/de l'ordre de/aux alentours de/aux environs de/autour de/jusqu'à/un multiple de/multiple de/un diviseur de/diviseur de/divisible par/dépasse/excède/proche de/supérieure à/inférieure à/au-dessus de/au-dessous de/en dessous de"),
    _row("changes", "de", "before", "{word} {answer}", "weniger als/mehr als/mindestens/höchstens/größer als/kleiner als/fast/beinahe/knapp/das Doppelte von/doppelt so viele wie/doppelt so viel wie/dreimal so viele wie/dreimal so viel wie/halb so viele wie/halb so viel wie/doppelt so groß wie/halb so groß wie/die Hälfte von/ein Drittel von/ein Viertel von/bis zu/rund/in der Größenordnung von/ein Vielfaches von/Vielfaches von/ein Teiler von/Teiler von/teilbar durch/maximal/minimal/höher als/niedriger als/unter/über/nahe bei/übersteigt/überschreitet"),
    _row("changes", "pt", "before", "{word} {answer}", "menos de/mais de/pelo menos/no máximo/maior que/menor que/quase/cerca de/o dobro de/a metade de/o triplo de/um terço de/um quarto de/em torno de/por volta de/ao redor de/até/um múltiplo de/múltiplo de/um divisor de/divisor de/divisível por/no mínimo/mais que/mais do que/menos que/menos do que/maior do que/menor do que/superior a/inferior a/passa de/excede/ultrapassa/próxima de/próximo de/abaixo de/acima de"),
    _row("changes", "it", "before", "{word} {answer}", "meno di/più di/almeno/al massimo/maggiore di/minore di/quasi/il doppio di/la metà di/il triplo di/un terzo di/un quarto di/intorno a/attorno a/fino a/dell'ordine di/un multiplo di/multiplo di/un divisore di/divisore di/divisibile per/al minimo/al più/superiore a/inferiore a/supera/eccede/vicina a/vicino a/al di sotto di/al di sopra di"),
    _row("changes", "ru", "before", "{word} {answer}", "меньше/больше/менее/более/не менее/не более/по крайней мере/как минимум/как максимум/почти/половина от/половина/до/порядка/в районе/кратен/кратно/кратна/кратны/делится на/удвоенное/вдвое больше/вдвое меньше/не больше/не меньше/максимум/минимум/превышает/близок к/близко к/свыше/выше/ниже"),
    _row("changes", "zh", "before", "{word}{answer}", "大于/小于/至少/至多/最多/最少/不超过/超过/不少于/不多于/不到/不足/将近/接近/多于/少于/高于/低于"),
    _row("changes", "es", "after", "{answer} manzanas {word}", "al menos/como mínimo/como máximo/como mucho/a lo sumo/al mínimo/al máximo/en vez de/en lugar de/cota superior/cota inferior"),
    _row("changes", "fr", "after", "{answer} pommes {word}", "au moins/au plus/au minimum/au maximum/en trop/de trop/au lieu de/borne supérieure/borne inférieure/majorant/minorant"),
    _row("changes", "de", "after", "{answer} Äpfel {word}", "mindestens/höchstens/maximal/minimal/zu viel/zu viele/zu wenig/statt/anstatt/obere Schranke/untere Schranke/Obergrenze/Untergrenze/mal so groß/mal so viel/mal so viele/mal so hoch"),
    _row("changes", "pt", "after", "{answer} maçãs {word}", "pelo menos/no mínimo/no máximo/em vez de/cota superior/limite superior/limite inferior"),
    _row("changes", "it", "after", "{answer} mele {word}", "almeno/al massimo/al minimo/di troppo/invece di/limite superiore/limite inferiore/maggiorante/minorante"),
    _row("changes", "zh", "after", "{answer}{word}", "的两倍/的二倍/的三倍/的一半/的平方/的倒数/的相反数/以上/以下/以内/的倍数/的倍數/的约数/的約數/的因数/的因數/的因子/的公倍数/是增根/为增根/是上界/是下界/是上限/是下限/为上界/为下界/上下/前后"),
    _row("changes", "vi", "before", "{word} {answer}", "ít nhất/nhiều nhất/nhỏ hơn/lớn hơn/gần/tối đa/tối thiểu/không quá/bội của/bội số của/ước của/ước số của/chia hết cho/vượt quá/vượt/dưới/trên"),
    _row("changes", "sw", "before", "{word} {answer}", "zaidi ya/chini ya/angalau/karibu na/pungufu ya"),
    _row("changes", "id", "before", "{word} {answer}", "lebih dari/kurang dari/setidaknya/paling sedikit/paling banyak/hampir"),
    _row("changes", "nl", "before", "{word} {answer}", "meer dan/minder dan/minstens/hoogstens/bijna"),
    _row("changes", "he", "before", "{word} {answer}", "לפחות/לכל היותר/כמעט/יותר/פחות"),
    _row("changes", "th", "before", "{word} {answer}", "มากกว่า/น้อยกว่า/อย่างน้อย/ไม่เกิน/เกือบ"),
    _row("changes", "bn", "before", "{word} {answer}", "অন্তত/কমপক্ষে/সর্বাধিক"),
    _row("changes", "bn", "after", "{answer} {word}", "এর বেশি/এর কম/থেকে বেশি/থেকে কম"),
    _row("changes", "hi", "before", "{word} {answer}", "कम से कम/अधिक से अधिक"),
    _row("changes", "hi", "after", "{answer} {word}", "से अधिक/से ज़्यादा/से ज्यादा/से कम"),
    _row("changes", "en", "after", "{answer} {word}", "minimum/maximum/as a factor/as a divisor/as a multiple/as a root/as a bound/drops out/leads nowhere/cancels out/falls away/reversed/backwards/rounded up/rounded down"),
    _row("changes", "en", "before", "{word} {answer}", "number after/number before/integer after/integer before/closest to/nearest to/exceeds/exceed/exceeding/surpasses/surpass/falls short of/square of/cube of/square root of/root of/half of/third of/quarter of/power of/opposite of/inverse of/reciprocal of/remainder of/log of/logarithm of/sine of/cosine of/bounded by/one of/a multiple of/multiple of/divisible by/factor of/divisor of/a fraction of/fraction of/like/beside/besides/one third of/two thirds of/the negative of/from/versus/vs/right after/just after/right before/just before/sum of the digits of/digit sum of/reverse of/successor of/predecessor of"),
    _row("changes", "ar", "before", "الإجابة هي {word} {answer}", "على الأقل/على الأكثر/من مضاعفات/مضاعفات/قرابة/زهاء/ما يقارب/لا يقل عن/لا يزيد عن/لا يتجاوز/أكثر من/أقل من/ضعف/نصف/أكبر من/أصغر من/قريبة من/قريب من/تتجاوز/يتجاوز/تفوق/يفوق"),
    _row("changes", "ar", "after", "هناك {answer} تفاحة {word}", "على الأقل/على الأكثر/كحد أقصى/كحد أدنى"),
    _row("changes", "ru", "after", "{answer} яблока {word}", "верхняя оценка/нижняя оценка/верхняя граница/нижняя граница/как минимум/как максимум"),
    _row("changes", "ja", "after", "答えは{answer}{word}", "ほど/程度/前後/より大き/より小さ/より少し/より多/より少な/よりやや/は上限/は下限/が上限/が下限/の倍数/の半分/の二倍/に近い/を超え/を上回/を下回/に満た/未満"),
    _row("changes", "ko", "after", "답은 {answer}{word}", "보다 크/보다 큽/보다 작/보다 많/보다 적/보다 조금/보다 약간/의 배수/의 약수/의 절반/에 가깝/를 넘/을 넘/를 초과/을 초과/에 못 미/에 미치지"),
    _row("changes", "tr", "before", "{word} {answer}", "en az/en çok/en fazla/neredeyse/aşağı yukarı/hemen hemen/yaklaşık olarak/iki katı/yarısı"),
    # Approximates: what says that a decimal was rounded.
    _row("approximates", "en", "before", "{word} 3.5", "approximately/about/roughly/around/approx/approx./circa/ca."),
    # Supposes: what makes a sentence a case, not a statement.
    _row("supposes", "en", "before", "{word} the answer is {answer}", "if/unless/suppose/assuming/whether/assume/let/imagine/say/when/while/until/for example/for instance"),
    _row("supposes", "zh", "before", "{word}答案是{answer}，则矛盾", "如果/假如/假设/倘若/若/要是"),
    _row("supposes", "es", "before", "{word} respuesta es {answer}, hay una contradicción", "si la"),
    _row("supposes", "fr", "before", "{word} réponse est {answer}, il y a contradiction", "si la"),
    _row("supposes", "de", "before", "{word} die Antwort {answer} ist", "wenn/falls"),
    _row("supposes", "pt", "before", "{word} resposta é {answer}, há contradição", "se a"),
    _row("supposes", "it", "before", "{word} risposta è {answer}, c'è una contraddizione", "se la"),
    _row("supposes", "ru", "before", "{word} ответ равен {answer}", "если"),
    _row("supposes", "ja", "before", "{word}答えは{answer}なら", "もし"),
    _row("supposes", "ko", "before", "{word} 정답이 {answer}이면", "만약/만일"),
    _row("supposes", "vi", "before", "{word} đáp án là {answer}", "nếu/giả sử"),
    _row("supposes", "ar", "before", "{word} الإجابة هي {answer}", "لو كانت/لنفترض أن/لنفرض أن/نفترض أن/بفرض أن/افترض أن"),
    _row("supposes", "de", "before", "{word} die Antwort ist {answer}", "nehmen wir an/gesetzt den Fall/stellen wir uns vor"),
    _row("supposes", "fr", "before", "{word} la réponse soit {answer}", "supposons que/supposez que/admettons que/imaginons que/mettons que"),
    _row("supposes", "es", "before", "{word} la respuesta es {answer}", "supongamos que/suponga que/supón que/suponiendo que/asumamos que/imaginemos que"),
    _row("supposes", "pt", "before", "{word} a resposta seja {answer}", "suponha que/suponhamos que/supondo que/vamos supor que/imagine que/digamos que"),
    _row("supposes", "it", "before", "{word} la risposta sia {answer}", "supponiamo che/supponendo che/ammettiamo che/poniamo che/immaginiamo che"),
    _row("supposes", "ru", "before", "{word} ответ равен {answer}", "предположим/допустим/представим/положим"),
    _row("supposes", "tr", "before", "{word} cevap {answer}", "eğer/diyelim ki/varsayalım ki/farz edelim ki"),
    # Plans: what a sentence says that has the answer still to find.
    _row("plans", "en", "before", "So we {word} {answer}", "need/needs/want/wants/let/let's/must/try/consider/check/compute/calculate/start/solve/look/going to/should/can/could/might/next/first/assume/suppose/recall/note/letting/set/substitute/denote/plug/have to"),
    _row("plans", "zh", "before", "所以我们{word}{answer}", "需要/要求/设/设为/先/考虑/计算一下/假设/令"),
    # Speaks: pronouns and verbs, which are no counted things: "42 I say", "42 is".
    _row("speaks", "en", "after", "{answer} {word}", "is/are/was/were/be/been/am/do/does/did/has/had/have/will/shall/should/must/can/i/you/we/he/she/it/they/me/my/who/what/why/how/this/that/these/those/there/which/where/because/so/but/though/although/however/yet/nor/uh/um/er/well/anyway/please/say/says/said/think/thinks/believe/believes/bet/reckon/hope/feel/imho/imo/tbd/idk/maybes/lol/lmao/rofl/haha/hahaha/hehe/jk/tbh/omg/wtf/else/when/for/by/too/even/isnt/joke/lie/mistake/error/typo/bluff/rubbish/garbage/speculation/guesswork/approximation/conjecture/surely/not/sure/certain/proof/pending/except/optional/random/bogus/fake/dubious/iffy/shaky/suspect/suspicious/moot/unverified/wishful/fingers crossed/your guess/beats me/search me/go figure/whatever/any/ok/okay"),
    # Reasons: what begins a clause that only says why.
    _row("reasons", "en", "after", "{answer}, {word} x cannot be 0", "because/since/as/given/for/where/so/by/from/due to/based on/according to/using"),
    _row("reasons", "zh", "after", "{answer}，{word} x 不能为 0", "因为/由于"),
    _row("reasons", "es", "after", "{answer}, {word} x no puede ser 0", "porque/pues/ya que/puesto que"),
    _row("reasons", "fr", "after", "{answer}, {word} x ne peut pas être 0", "car/parce que/puisque/comme"),
    _row("reasons", "de", "after", "{answer}, {word} x nicht 0 sein kann", "weil/denn/da"),
    _row("reasons", "pt", "after", "{answer}, {word} x não pode ser 0", "porque/pois/já que"),
    _row("reasons", "it", "after", "{answer}, {word} x non può essere 0", "perché/poiché/dato che"),
    _row("reasons", "ru", "after", "{answer}, {word} x не может быть 0", "так как/потому что/поскольку"),
    _row("reasons", "ja", "after", "{answer}、{word} x は 0 ではない", "なぜなら"),
    _row("reasons", "ko", "after", "{answer}, {word} x는 0이 아닙니다", "왜냐하면"),
    _row("reasons", "vi", "after", "{answer}, {word} x không thể bằng 0", "vì/bởi vì"),
    _row("reasons", "ar", "after", "{answer}، {word} x لا يمكن أن يكون 0", "لأن"),
    # Remarks: what may stand after an answer and says nothing against it.
    _row("remarks", "en", "after", "{answer} {word}", "altogether/in total/in all/overall/respectively/total/left/remaining/exactly/indeed/left over/together/combined/each/only/in the end/as required/as desired/as expected/at the end/per person/now/today/from now/ago/later/old"),
    _row("remarks", "pt", "after", "{answer} {word}", "no total/ao todo"),
    _row("remarks", "en", "before", "The answer is {word} {answer}", "indeed/clearly/definitely/simply/only/therefore/thus/exactly/precisely/just/hence/then/obviously/certainly/surely/actually/in fact/finally/now/still/also/equal to/given by/option/choice/letter/a total of/again/most likely/choice:/option:"),
    _row("remarks", "de", "before", "Die Antwort ist {word} {answer}", "daher/also/somit/folglich/demnach/deshalb"),
    _row("remarks", "it", "before", "La risposta è {word} {answer}", "quindi/dunque/pertanto"),
    _row("remarks", "es", "before", "La respuesta es {word} {answer}", "entonces/por lo tanto/por tanto"),
    _row("remarks", "pt", "before", "A resposta é {word} {answer}", "portanto/então/assim"),
    _row("remarks", "fr", "before", "La réponse est {word} {answer}", "donc/ainsi/alors"),
    # Affirms, refutes, abstains: what says that a statement holds, that it does not, that nobody can tell.
    _row("affirms", "en", "both", "{word}", "true/yes/yep/yeah/correct/right/affirmative/holds/hold/follows/follow/entailed/entailment/proved/proven/the case/supported/supports/valid"),
    _row("affirms", "zh", "both", "{word}", "是/对/正确"),
    _row("affirms", "es", "both", "{word}", "sí/verdadero/verdadera/cierto/cierta/correcto/correcta/válido"),
    _row("affirms", "fr", "both", "{word}", "oui/vrai/vraie/exact/exacte/correcte/valide"),
    _row("affirms", "de", "both", "{word}", "ja/wahr/richtig/gültig"),
    _row("affirms", "pt", "both", "{word}", "sim/verdadeiro/verdadeira/correto/correta/certo/certa"),
    _row("affirms", "it", "both", "{word}", "sì/vero/vera/corretto/corretta/valido"),
    _row("affirms", "ru", "both", "{word}", "да/верно/верна/истина/истинно/правда/правильно"),
    _row("affirms", "ja", "both", "{word}", "はい/正しい/真"),
    _row("affirms", "ko", "both", "{word}", "예/네/참"),
    _row("affirms", "vi", "both", "{word}", "đúng"),
    _row("affirms", "ar", "both", "{word}", "نعم/صحيح"),
    _row("refutes", "en", "both", "{word}", "false/no/nope/incorrect/wrong/untrue/negative/invalid/disproved/disproven/refuted/refutes"),
    _row("refutes", "zh", "both", "{word}", "否/错/错误"),
    _row("refutes", "es", "both", "{word}", "falso/falsa/incorrecto/incorrecta/inválido"),
    _row("refutes", "fr", "both", "{word}", "non/faux/fausse/incorrecte/inexacte/invalide"),
    _row("refutes", "de", "both", "{word}", "nein/falsch/ungültig"),
    _row("refutes", "pt", "both", "{word}", "não/falso/falsa/incorreto/incorreta/errado/errada"),
    _row("refutes", "it", "both", "{word}", "falso/falsa/scorretto/scorretta/errata"),
    _row("refutes", "ru", "both", "{word}", "нет/неверно/ложь/ложно/неправда/неправильно"),
    _row("refutes", "ja", "both", "{word}", "いいえ/偽"),
    _row("refutes", "ko", "both", "{word}", "아니요/아니오/거짓"),
    _row("refutes", "vi", "both", "{word}", "sai"),
    _row("refutes", "ar", "both", "{word}", "خطأ/خاطئ"),
    _row("abstains", "en", "both", "{word}", "unknown/uncertain/undetermined/indeterminate/inconclusive/undecided/neutral/nei/not known/not certain/unprovable"),
    _row("abstains", "zh", "both", "{word}", "未知/不确定/无法确定"),
    # Presents, introduces: what names the answer to a puzzle, and the words before it: "the solved grid".
    _row("presents", "en", "before", "The {word}: {answer}", "answer/answers/ans/solution/solutions/result/results/expression/equation/formula/conclusion/grid/board/sudoku/square/puzzle/matrix/table/assignment/assignments/arrangement/placement/placements/coloring/colouring/configuration/roles/identities/values/columns/positions/queens"),
    _row("introduces", "en", "before", "The {word} solution: {answer}", "a/an/the/my/our/one/that/these/its/here/final/correct/complete/completed/full/filled/filled-in/solved/resulting/valid/satisfying/possible/required/unique/logical/latin/truth/proper/vertex/graph/n-queens/futoshiki/zebra/in/for/of/to/as/all/with/each/row/given"),
    # Heads: what the head of a table says that its columns are.
    _row("heads", "en", "before", "| {word} | {word} |", "person/people/name/names/character/inhabitant/islander/who/role/roles/type/identity/status/vertex/vertices/node/region/country/state/color/colour/assigned/variable/variables/value/values/truth/assignment/number/id"),
)  # fmt: skip
"""Every word around an answer that is known. No word stands twice for one sense and language."""


@cache
def rows(*senses: Sense, language: str = "") -> tuple[Row, ...]:
    """The rows of these senses, of one language or of all."""
    return tuple(
        row for row in ROWS if row.sense in senses and (not language or row.language == language)
    )


@cache
def words(*senses: Sense, language: str = "") -> frozenset[str]:
    """The words of these senses, folded."""
    found = rows(*senses, language=language)
    return frozenset(word.casefold() for row in found for word in row.words)


@cache
def any_of(*senses: Sense, language: str = "") -> str:
    r"""A pattern that finds any word of these senses, whole; the longest that fits.

    Example:
        >>> re.findall(any_of("rivals", language="en"), "B or A, or maybe C; order")
        ['or', 'or maybe']
    """
    found = rows(*senses, language=language)
    parts = [
        bounds.format(_alternatives(chosen))
        for bounds, chosen in (
            (r"(?<!\w)(?:{})(?![\w])", [row for row in found if row.language not in UNSPACED]),
            ("(?:{})", [row for row in found if row.language in UNSPACED]),
        )
        if chosen
    ]
    return rf"(?:{'|'.join(parts)})"


def _alternatives(found: list[Row]) -> str:
    known = {word for row in found for word in row.words}
    longest_first = sorted(known, key=lambda word: (-len(word), word))
    return "|".join(
        r"\s+".join(re.escape(part) for part in word.split()).replace("'", "['’]")
        for word in longest_first
    )


# Spotting -------------------------------------------------------------------------------------

# Letters, with the vowel signs of Arabic.
_TOKEN = re.compile(r"(?:[^\W\d_]|[\u064b-\u0652])+(?:['’][^\W\d_]+)*'?")
_NO_SPACES = re.compile(
    r"[\u0900-\u09ff\u0b80-\u0bff\u0c00-\u0c7f\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)


class Spot(NamedTuple):
    """A word of the table in a text: its place, and its row."""

    start: int
    end: int
    word: str
    sense: Sense


@cache
def _index(
    senses: tuple[Sense, ...], skipped: str
) -> dict[str, tuple[tuple[tuple[str, ...], Row], ...]]:
    """The spaced languages' words of these senses by their first part, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Row]]] = {}
    for row in ROWS:
        if row.language in UNSPACED or row.sense not in senses or row.side == skipped:
            continue
        for word in row.words:
            parts = tuple(_TOKEN.findall(word.casefold().replace("’", "'")))
            if parts and " ".join(parts) == " ".join(word.casefold().replace("-", " ").split()):
                found.setdefault(parts[0], []).append((parts, row))
    return {
        first: tuple(sorted(phrases, key=lambda phrase: -len(phrase[0])))
        for first, phrases in found.items()
    }


@cache
def _unspaced(sense: Sense, language: str, skipped: str) -> re.Pattern[str] | None:
    """The words of a language without spaces that mean something on the side that is looked at."""
    found = [row for row in rows(sense, language=language) if row.side != skipped]
    return re.compile(_alternatives(found)) if found else None


_BEFORE_MONTHS = frozenset(
    "in of by until till since last next this early late mid during from to through and april".split()
)


# What follows a word that is a noun with it: "khoảng" is "about", "khoảng cách" a distance.
# And what is "in the" with it: the Portuguese "no total".
_NOUNS_WITH = {
    "khoảng": ("cách", "thời"),
    "sai": ("số", "lệch"),
    "no": ("total", "todo", "fim"),
}


def _is_noun(tokens: list[re.Match[str]], folded: list[str], place: int) -> bool:
    """Whether a word is the month of May, and no "may"; or a part of a noun of two words."""
    if folded[place] in _NOUNS_WITH:
        return "".join(folded[place + 1 : place + 2]) in _NOUNS_WITH[folded[place]]
    is_may = folded[place] == "may" and tokens[place][0] == "May"
    return is_may and place > 0 and folded[place - 1] in _BEFORE_MONTHS


def spotted(text: str, *senses: Sense, after: bool | None = None) -> Iterator[Spot]:
    """The words of these senses in a text, in order; linear in its length.

    Args:
        text: Where to look.
        senses: What to look for.
        after: Whether the text stands after an answer or before it: words that mean nothing on
            that side are left out.

    Example:
        >>> [spot.word for spot in spotted("I am not sure, maybe", "denies", "hedges")]
        ['not sure', 'maybe']
        >>> [spot.sense for spot in spotted("可能是 42", "denies", "hedges")]
        ['hedges']
    """
    skipped = "" if after is None else "before" if after else "after"
    index, place = _index(senses, skipped), 0
    folded = _TOKEN.findall(text.casefold().replace("’", "'"))
    # Most texts have no word of the table.
    tokens = [] if index.keys().isdisjoint(folded) else list(_TOKEN.finditer(text))
    folded = [token[0].casefold().replace("’", "'") for token in tokens]
    while place < len(tokens):
        step = 1
        for parts, row in index.get(folded[place], ()):
            end = place + len(parts)
            if tuple(folded[place:end]) == parts and not _is_noun(tokens, folded, place):
                yield Spot(tokens[place].start(), tokens[end - 1].end(), " ".join(parts), row.sense)
                step = len(parts)
                break
        place += step
    if not text.isascii() and _NO_SPACES.search(text):
        for sense in senses:
            for language in UNSPACED:
                pattern = _unspaced(sense, language, skipped)
                for match in pattern.finditer(text) if pattern else ():
                    yield Spot(match.start(), match.end(), match[0], sense)
