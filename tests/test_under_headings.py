"""The one sentence under the heading "Conclusion", or behind it, in several languages."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, CheckAnswer
from grpo_rewards.responses.under_headings import under_conclusion

CHECK = CheckAnswer(format=FREEFORM)
BEFORE = "First, 12 + 5 = 17.\n\n"

HEADINGS = [
    "**Conclusion:** {}",
    "### Conclusion\n{}",
    "### Conclusion\n\n{}",
    "Conclusion:\n\n{}",
    "4. **Conclusion**: {}",
    "[4. CONCLUSION]:\n{}",
    "## Final conclusion:\n\n{}",
]
CONCLUDE = [
    "Jane has 20 apples left.",
    "The total cost is $20.",
    "It takes 20 hours.",
    "There are 20 ways to do this.",
    "The train arrives after 20 minutes.",
    "She will have 20 dollars left after 3 days.",
    "The value of $x$ is $20$.",
    "The phase at $t = 2$ s is $20$ rad.",
    "$x = 20$.",
    "Thus, $x = 20$.",
    "20",
    "20 apples",
]
CONCLUDE_NOT = [
    "Jane does not have 20 apples left.",
    "Jane may have 20 apples left.",
    "Jane has at least 20 apples left.",
    "Jane has about 20 apples left.",
    "I am not sure whether Jane has 20 apples.",
    "We need to find 20 more apples.",
    "We add 20 to the total.",
    "Jane has 20 or 21 apples.",
    "Jane has 20 apples and Tom has 21.",
    "Jane has 19 apples left. Tom has 20 apples left.",
    "Jane has 20 apples left. Wait, she has 21.",
    "It cannot be 20.",
    "Is it 20?",
    "If Jane had 20 apples, she would be glad.",
    "The answer 20 is wrong.",
    "The error was to take 20.",
    "The claim that she has 20 apples is false.",
    "- Jane has 20 apples\n- Tom has 21 apples",
]
ELSEWHERE = [
    "**Conclusión:** Ana tiene 20 manzanas.",
    "### Conclusion\nLa phase est de 20 rad.",
    "### Fazit\nDie Phase beträgt 20 rad.",
    "**Conclusão:** A fase é 20 rad.",
    "**Conclusione:** La fase è 20 rad.",
    "Вывод:\nФаза равна 20 рад.",
    "**结论：** 小明有20个苹果。",
    "### 结论\n\n相位为20弧度。",
    "結論：位相は20ラジアンです。",
    "### 결론\n위상은 20라디안입니다.",
    "[3. KẾT LUẬN]:\nPha tại thời điểm $t = 2$ s là $20$ rad.",
    "Kết luận: Lan còn 20 quả táo.",
]
ELSEWHERE_NOT = [
    "**Conclusión:** Ana no tiene 20 manzanas.",
    "### Fazit\nEs sind höchstens 20 Äpfel.",
    "Вывод:\nФаза не равна 20.",
    "**结论：** 小明没有20个苹果。",
    "### 结论\n小明可能有20个苹果。",
    "### 结论\n小明有20个或21个苹果。",
    "Kết luận: $x$ không bằng 20.",
    "**Conclusion:** Jane has 20 apples left.\n\nWait, that is wrong.",
    "**Conclusion:** Jane has 20 apples left.\n\n**Conclusion:** Jane has 21 apples left.",
    "Wrong conclusion: Jane has 20 apples left.",
    "No conclusion: Jane has 20 apples left.",
    "A common mistake: there are 20 ways.",
]


def is_paid(response):
    return CHECK([BEFORE + response], answer=["20"])[0] == CHECK.correct


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_sentence_under_it_concludes(heading):
    assert [said for said in CONCLUDE if not is_paid(heading.format(said))] == []


@pytest.mark.parametrize("heading", HEADINGS)
def test_and_is_read_as_any_other_is(heading):
    assert [said for said in CONCLUDE_NOT if is_paid(heading.format(said))] == []


def test_in_other_languages():
    assert [text for text in ELSEWHERE if not is_paid(text)] == []
    assert [text for text in ELSEWHERE_NOT if is_paid(text)] == []


def test_only_one_sentence_is_read():
    assert under_conclusion("### Conclusion\nShe gave 2 away. Jane has 42 apples left.") is None
    assert under_conclusion("Jane has 42 apples left.") is None
