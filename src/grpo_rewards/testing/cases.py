"""Whole responses with the verdict they deserve, in twelve languages: made from a table of layouts.

Whoever reads answers out of free text can test against them; `benchmarks/reading.py` compares
readers on them. Reasoning, layout and gold are put together, so that no case is written twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["LANGUAGES", "ResponseCase", "response_cases"]


@dataclass(frozen=True, slots=True)
class ResponseCase:
    """A response, the gold it is judged by, and whether it gives the gold as its answer."""

    name: str
    language: str
    gold: str
    response: str
    is_right: bool


# Reasoning in front, without the gold; each has numbers of its own, and words that deny nothing.
_REASONING = {
    "en": (
        "",
        "Let us work step by step. First, 12 + 5 = 17, since x cannot be negative.\n\n",
        "We start with the equation $2x - 8 = 16$.\nAdding 8 does not change its solutions.\n\n",
        "1. Mia has 3 boxes, but she doesn't open the other 2.\n2. Each box holds 9 pens.\n\n",
    ),
    "zh": ("", "首先，12 + 5 = 17，因为 x 不能为负数。\n\n", "设每盒有 9 支笔，她没有打开另外 2 盒。\n\n"),
    "es": ("", "Primero, 12 + 5 = 17, ya que x no puede ser negativo.\n\n", "Cada caja tiene 9 lápices; no abre las otras 2.\n\n"),
    "fr": ("", "D'abord, 12 + 5 = 17, car x ne peut pas être négatif.\n\n", "Chaque boîte contient 9 stylos; elle n'ouvre pas les 2 autres.\n\n"),
    "de": ("", "Zuerst ist 12 + 5 = 17, denn x kann nicht negativ sein.\n\n", "Jede Kiste hat 9 Stifte; die anderen 2 öffnet sie nicht.\n\n"),
    "pt": ("", "Primeiro, 12 + 5 = 17, pois x não pode ser negativo.\n\n", "Cada caixa tem 9 canetas; ela não abre as outras 2.\n\n"),
    "it": ("", "Prima, 12 + 5 = 17, perché x non può essere negativo.\n\n", "Ogni scatola ha 9 penne; non apre le altre 2.\n\n"),
    "ru": ("", "Сначала 12 + 5 = 17, так как x не может быть отрицательным.\n\n", "В каждой коробке 9 ручек; остальные 2 она не открывает.\n\n"),
    "ja": ("", "まず 12 + 5 = 17 です。x は負にならないからです。\n\n", "各箱に 9 本のペンがあり、残りの 2 箱は開けません。\n\n"),
    "ko": ("", "먼저 12 + 5 = 17 입니다. x는 음수가 될 수 없습니다.\n\n", "상자마다 펜이 9개 있고, 나머지 2개는 열지 않습니다.\n\n"),
    "vi": ("", "Trước hết, 12 + 5 = 17, vì x không thể âm.\n\n", "Mỗi hộp có 9 cây bút; cô ấy không mở 2 hộp kia.\n\n"),
    "ar": ("", "أولا، 12 + 5 = 17، لأن x لا يمكن أن يكون سالبا.\n\n", "كل صندوق فيه 9 أقلام، وهي لا تفتح الصندوقين الآخرين.\n\n"),
}  # fmt: skip

LANGUAGES = tuple(_REASONING)

# Layouts that state the answer x; and those that deny, doubt, hedge or break off. w is a wrong
# answer. One line a language, layouts parted by " | ", a line break written "\n".
_RIGHT = {
    "any": r"\boxed{{x}} | $\boxed{{x}}$ | $$\boxed{{x}}$$ | \[\n\boxed{{x}}\n\] | \\boxed{{x}} | <answer>{x}</answer> | <FINAL_ANSWER>{x}</FINAL_ANSWER> | <SOLUTION>\n{x}\n</SOLUTION> | <\|begin_of_box\|>{x}<\|end_of_box\|> | #### {x} | {\"answer\": \"{x}\"} | ```json\n{\"answer\": \"{x}\"}\n``` | **{x}** | \boxed{{w}}? No: \boxed{{x}} | \boxed{{x}}, not \boxed{{w}}.",
    "en": r"The answer is {x}. | The answer is **{x}**. | The final answer is {x} | So the answer is: {x} | Therefore, the correct answer is {x}. | The answer (in simplest form) is {x}. | The answer to your question is {x}. | The answer is indeed {x}. | \text{The answer is } {x} | The answer is ... {x} | Answer: {x} | **Answer:** {x} | Answer ${x}$ | Answer \[ {x} \] | ### Answer\n{x} | ## Final Answer\n\n**{x}** | **Final Answer**\n\n${x}$ | **Final Answer: {x}** | Ans: {x} | Final Answer: {x}. I hope it is correct. | {x} is the answer. | Thus the answer is:\n\n$${x}$$ | The answer is {x}.<\|eot_id\|> | The answer is {x}.\n\nLet me know if you have questions! | The answer would therefore be {x}. | Since x cannot be 0, the answer is {x}. | The answer should be {x}, since {w} is too large. | I am done. The answer must be {x}, not {w}.",
    "zh": r"答案：{x} | 【答案】{x} | 答案是{x}。 | 综上，正确答案是 {x}。 | 因此，答案为{x}。 | 所以最终答案是：{x} | 故答案为：{x} | **答案：{x}** | 本题的答案是{x}。 | 答案: ${x}$",
    "es": r"La respuesta es {x}. | Respuesta: {x} | **Respuesta final:** {x} | Por lo tanto, la respuesta es {x}. | La respuesta correcta es: {x} | Así que la respuesta final es ${x}$. | ### Respuesta\n{x} | La respuesta a la pregunta es {x}.",
    "fr": r"La réponse est {x}. | Réponse : {x} | **Réponse finale :** {x} | Donc, la réponse est {x}. | La bonne réponse est {x}. | La réponse finale est ${x}$. | ### Réponse\n{x} | Ainsi, la réponse à la question est {x}.",
    "de": r"Die Antwort ist {x}. | Antwort: {x} | **Antwort:** {x} | Also ist die Antwort {x}. | Die richtige Antwort lautet {x}. | Die Antwort lautet: ${x}$ | ### Antwort\n{x} | Daher ist die endgültige Antwort: {x}",
    "pt": r"A resposta é {x}. | Resposta: {x} | **Resposta final:** {x} | Portanto, a resposta é {x}. | A resposta correta é: {x} | A resposta final é ${x}$. | ### Resposta\n{x} | Logo, a resposta é {x}.",
    "it": r"La risposta è {x}. | Risposta: {x} | **Risposta finale:** {x} | Quindi, la risposta è {x}. | La risposta corretta è: {x} | La risposta finale è ${x}$. | ### Risposta\n{x} | Pertanto la risposta è {x}.",
    "ru": r"Ответ: {x} | **Ответ:** {x} | Ответ: ${x}$ | Следовательно, ответ: {x}. | Правильный ответ: {x} | Итак, ответ — {x}. | ### Ответ\n{x} | Значит, ответ равен {x}.",
    "ja": r"答え：{x} | 答えは{x}です。 | **答え:** {x} | したがって、答えは{x}です。 | よって、答えは {x} となります。 | 最終的な答えは {x} です。 | ### 答え\n{x} | 解答：{x}",
    "ko": r"정답: {x} | 정답은 {x}입니다. | **정답:** {x} | 따라서 정답은 {x}입니다. | 답: {x} | 최종 답은 {x}입니다. | ### 정답\n{x} | 그러므로 답은 {x}이다.",
    "vi": r"Đáp án: {x} | Đáp án là {x}. | **Đáp án:** {x} | Vậy đáp án là {x}. | Đáp số: {x} | Câu trả lời là {x}. | ### Đáp án\n{x} | Do đó, đáp án đúng là {x}.",
    "ar": r"الإجابة: {x} | الجواب هو {x}. | **الإجابة:** {x} | إذن، الإجابة هي {x}. | الإجابة الصحيحة هي {x}. | الجواب: ${x}$ | ### الإجابة\n{x} | لذلك، الجواب هو {x}.",
}  # fmt: skip
_NUMBER_ONLY = {  # a unit or a counted thing beside it, a conclusion without the word "answer"
    "en": r"Therefore, Mia has {x} pens left. | So the total cost is ${x}. | Thus, x = {x}. | Hence the sum equals {x}. | A: {x} | {x} | 64 + 67 - {w} + {w} = **{x}** | In conclusion, she needs {x} boxes. | Answer: Mia has {x} pens. | The total is {x}. | I get {x}. | Final Answer: The remainder is {x}. | It follows that there are **{x}** pens. | $$\n{x}\n$$ | Answer: x = {x}",
    "zh": r"所以，一共有{x}支笔。 | 因此，她还剩{x}支笔。 | 答案是{x}支笔。 | {x}",
    "es": r"Por lo tanto, hay {x} lápices. | La respuesta es {x} lápices. | {x}",
    "fr": r"Donc, il y a {x} stylos. | La réponse est {x} stylos. | {x}",
    "de": r"Also gibt es {x} Stifte. | Die Antwort ist {x} Stifte. | {x}",
    "pt": r"Portanto, há {x} canetas. | A resposta é {x} canetas. | {x}",
    "it": r"Quindi ci sono {x} penne. | La risposta è {x} penne. | {x}",
    "ru": r"Следовательно, всего {x} ручек. | Ответ: {x} ручек. | {x}",
    "ja": r"答えは{x}本です。 | {x}",
    "ko": r"정답은 {x}개입니다. | {x}",
    "vi": r"Do đó, có {x} cây bút. | Đáp án là {x} cây bút. | {x}",
    "ar": r"الإجابة هي {x} قلما. | {x}",
}  # fmt: skip
_LETTER_ONLY = {
    "en": r"The correct option is {x}. | The correct choice is ({x}). | The answer is ({x}) Paris. | Answer: {x}. Cannot be determined | The answer is {x}) Not enough information. | I would pick {x} — a safe choice. | I choose {x}. | {x} | ({x}) | Therefore, {x} is the correct answer. | The best answer is {x}, because {w} is too small. | The answer is option {x}. | Answer: ({x}) no",
    "zh": r"故选{x}。 | 故选：{x} | 因此选{x}。 | 选项{x}是正确的。 | 答案：{x}． | 答案：{x}、",
    "es": r"La opción correcta es {x}. | Por lo tanto, la respuesta correcta es la opción {x}.",
    "fr": r"La bonne réponse est {x}.",
    "de": r"Die richtige Antwort ist {x}.",
    "pt": r"A alternativa correta é {x}.",
    "it": r"L'opzione corretta è {x}.",
    "ru": r"Правильный ответ: {x}",
    "ja": r"正解は{x}です。",
    "ko": r"정답은 {x}입니다.",
    "vi": r"Đáp án đúng là {x}.",
    "ar": r"الإجابة الصحيحة هي {x}.",
}  # fmt: skip
_WRONG = {
    "any": r"\boxed{{w}} | \boxed{{x}} or \boxed{{w}} | \boxed{{x}}, \boxed{{w}} | \boxed{{x}} or {w} | \boxed{{x}}? | \boxed{{x}}. Then \boxed{{w} | \boxed{{x}} \boxed | <answer>{w}</answer> | <answer>{x}</answer><answer>{w}</answer> | <think>\boxed{{x}} | [THINK]The answer is {x} | <scratchpad>\boxed{{x}} | ◁think▷\boxed{{x}} | <seed:think>{x} | <\|channel\|>analysis<\|message\|>The answer is {x} | #### {w} | {\"answer\": \"{w}\"}",
    "en": r"The answer is {w}. | The answer is not {x}. | The answer isn't {x}. | Maybe the answer is {x}. | The answer might be {x}. | The answer could be {x}. | I guess the answer is {x}. | I doubt the answer is {x}. | It is not true that the answer is {x}. | I'm not sure, but the answer is {x}. | If the answer is {x}, we stop. | Suppose the answer is {x}. | The answer is {x} or {w}. | The answer is either {x} or {w}. | The answer is {x}. Wait, no. | The answer is {x}. Actually, {w}. | The answer is {x}? Not sure. | The answer is {x}, I guess. | The answer is {x}, maybe. | The answer is {x} (wrong). | The answer is {x}. That is incorrect. | The answer is probably {x}. | \boxed{{x}} is wrong; it is {w}. | \boxed{{x}}, I guess. | \boxed{{x}} (not sure) | not \boxed{{x}} | The answer is {w} \boxed{{x}} | \boxed{{x}}. Wait, that's wrong. | {x} is not the answer. | Answer: not {x} | Answer: {x}? perhaps | Answer: {x} hardly | Answer: {x}, no wait | Is the answer {x}? | <answer>not {x}</answer> | The answer was {x}, but then {w}, so the answer is {w}.",
    "zh": r"答案是{w}。 | 答案不是{x}。 | 答案可能是{x}。 | 答案大概是{x}。 | 答案是{x}或{w}。 | 答案是{x}，不对，是{w}。 | 我猜答案是{x}。 | 也许答案是{x}。",
    "es": r"La respuesta es {w}. | La respuesta no es {x}. | La respuesta es quizás {x}. | La respuesta es {x} o {w}. | Quizás la respuesta es {x}. | La respuesta es {x}, tal vez.",
    "fr": r"La réponse est {w}. | La réponse n'est pas {x}. | La réponse est peut-être {x}. | La réponse est {x} ou {w}. | Peut-être que la réponse est {x}. | Réponse : {x}, je crois",
    "de": r"Die Antwort ist {w}. | Die Antwort ist nicht {x}. | Die Antwort ist vielleicht {x}. | Die Antwort ist {x} oder {w}. | Vielleicht ist die Antwort {x}. | Antwort: {x}, vermutlich",
    "pt": r"A resposta é {w}. | A resposta não é {x}. | A resposta é talvez {x}. | A resposta é {x} ou {w}. | Talvez a resposta seja {x}. | Resposta: {x}, talvez",
    "it": r"La risposta è {w}. | La risposta non è {x}. | La risposta è forse {x}. | La risposta è {x} o {w}. | Forse la risposta è {x}. | Risposta: {x}, forse",
    "ru": r"Ответ: {w} | Ответ не {x}. | Ответ, возможно, {x}. | Ответ: {x} или {w}. | Возможно, ответ: {x}. | Ответ: {x}, наверное",
    "ja": r"答えは{w}です。 | 答えは{x}ではありません。 | 答えは{x}かもしれません。 | 答えは{x}または{w}です。 | おそらく答えは{x}です。",
    "ko": r"정답은 {w}입니다. | 정답은 {x}가 아닙니다. | 정답은 아마 {x}입니다. | 정답은 {x} 또는 {w}입니다. | 아마도 정답은 {x}입니다.",
    "vi": r"Đáp án là {w}. | Đáp án không phải là {x}. | Đáp án có lẽ là {x}. | Đáp án là {x} hoặc {w}. | Có lẽ đáp án là {x}.",
    "ar": r"الإجابة هي {w}. | الإجابة ليست {x}. | الإجابة ربما {x}. | الإجابة هي {x} أو {w}. | ربما الإجابة هي {x}.",
}  # fmt: skip
_NUMBER_WRONG = {
    "en": r"{x} hardly | {x} unlikely | {x} depends | {x} nobody knows | at least {x} | about {x} | twice the number is {x} | The answer is at least {x}. | The answer is {x} thousand. | So we need {x} | Therefore, the total is {x} pens, and each | The answer is between {w} and {x}.",
}  # fmt: skip
_LETTER_WRONG = {
    "en": r"{x} also {w} | {x} then {w} | {x} wait {w} | {w}={x} | {x} eliminated | {x} or {w} | {x} and {w} | {x}, I guess | not {x} | {w}, not {x} | {x} is wrong | The answer is {x}. Wait, {w}.",
    "zh": r"故不选{x} | 答案不是{x}",
}

_NUMBERS = (("42", "57"), ("-3", "8"), ("1,250", "990"), ("0.75", "0.8"))
_LETTERS = (("B", "C"), ("D", "A"))
_FORMULAS = ((r"\frac{3}{7}", r"\frac{4}{7}"), (r"2\sqrt{5}", r"3\sqrt{5}"))


def response_cases(*languages: str) -> Iterator[ResponseCase]:
    r"""The cases of these languages, of all twelve where none is named.

    Example:
        >>> cases = list(response_cases("fr"))
        >>> next(case.response for case in cases if "Réponse" in case.response).splitlines()[-1]
        'Réponse : 42'
        >>> len(cases) > 200
        True
    """
    for language in languages or LANGUAGES:
        for is_right, tables in (
            (True, (_RIGHT, _NUMBER_ONLY, _LETTER_ONLY)),
            (False, (_WRONG, _NUMBER_WRONG, _LETTER_WRONG)),
        ):
            for table, golds in zip(
                tables, ((*_NUMBERS, *_LETTERS, *_FORMULAS), _NUMBERS, _LETTERS), strict=True
            ):
                layouts = _layouts(table, language)
                for gold, wrong in golds:
                    yield from _of_layouts(language, layouts, gold, wrong, is_right=is_right)


def _layouts(table: dict[str, str], language: str) -> list[str]:
    """The layouts of a language, and those of all; each as it is written."""
    lines = [table[name] for name in ("any", language) if name in table]
    texts = [layout.strip() for line in lines for layout in line.replace(r"\|", "\0").split(" | ")]
    return [text.replace("\0", "|").replace(r"\n", "\n").replace(r"\"", '"') for text in texts]


def _of_layouts(
    language: str, layouts: list[str], gold: str, wrong: str, *, is_right: bool
) -> Iterator[ResponseCase]:
    for number, layout in enumerate(layouts):
        reasoning = _REASONING[language][number % len(_REASONING[language])]
        if layout in ("{x}", "A: {x}") and not gold.lstrip("-").replace(",", "").isdigit():
            reasoning = ""
        written = gold
        if gold.startswith("\\") or "\\" in gold:
            if not any(
                mark in layout for mark in ("$", "\\[", "box", "ANSWER>", "SOLUTION>", "<answer>")
            ):
                written = f"${gold}$"
            if '"' in layout:
                continue  # where a backslash would be an escape
            if layout.startswith("\\\\"):
                written = gold.replace("\\", "\\\\")
        response = layout.replace("{x}", written).replace("{w}", wrong)
        yield ResponseCase(
            name=f"{language}: {layout!r}",
            language=language,
            gold=gold,
            response=f"{reasoning}{response}",
            is_right=is_right,
        )
