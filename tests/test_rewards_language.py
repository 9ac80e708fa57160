"""Language consistency: the languages of hand-written reasoning, alone and mixed."""

from __future__ import annotations

import importlib.util
import json
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grpo_rewards import FREEFORM, ColumnError, OptionError
from grpo_rewards.rewards.language import LanguageConsistency

needs_lingua = pytest.mark.skipif(
    importlib.util.find_spec("lingua") is None,
    reason="lingua is not installed: pip install 'grpo-rewards[language]'",
)

END = "<end_working_out>"
WRITTEN = {
    "en": "First we compute the total number of apples in the basket. So the train needs three "
    "hours to reach the city. Wait, I should check the second equation again. That means each "
    "child gets four sweets.",
    "de": "Zuerst berechnen wir die Gesamtzahl der Äpfel im Korb. Daher braucht der Zug drei "
    "Stunden bis zur Stadt. Moment, ich sollte die zweite Gleichung noch einmal prüfen.",
    "fr": "D'abord nous calculons le nombre total de pommes. Donc le train met trois heures pour"
    " arriver à la ville. Attendez, je dois vérifier la deuxième équation.",
    "es": "Primero calculamos el número total de manzanas. Por lo tanto el tren necesita tres horas"
    " para llegar. Espera, debo comprobar la segunda ecuación.",
    "ru": "Сначала найдём общее число яблок в корзине. Поэтому поезду нужно три часа. Подождите,"
    " нужно проверить второе уравнение.",
    "uk": "Спочатку знайдемо загальну кількість яблук у кошику. Тому потягу потрібно три години."
    " Зачекайте, треба перевірити друге рівняння.",
    "zh": "首先我们计算篮子里苹果的总数。因此火车需要三个小时。等等，我应该再检查第二个方程。",
    "ja": "まずかごの中のりんごの総数を計算します。したがって電車は三時間かかります。",
    "ko": "먼저 바구니에 있는 사과의 총 개수를 계산합니다. 따라서 기차는 세 시간이 필요합니다."
    " 잠깐, 두 번째 방정식을 다시 확인해야 합니다.",
    "ar": "أولا نحسب العدد الكلي للتفاح في السلة. لذلك يحتاج القطار إلى ثلاث ساعات"
    " للوصول إلى المدينة.",
    "hi": "पहले हम टोकरी में सेबों की कुल संख्या निकालते हैं। इसलिए ट्रेन को तीन घंटे चाहिए।",
    "th": "ก่อนอื่น เรา คำนวณ จำนวน แอปเปิล ทั้งหมด ใน ตะกร้า ดังนั้น รถไฟ ต้องใช้ เวลา สาม ชั่วโมง",
    "el": "Πρώτα υπολογίζουμε τον συνολικό αριθμό των μήλων στο καλάθι. Άρα το τρένο χρειάζεται"
    " τρεις ώρες.",
    "vi": "Đầu tiên chúng ta tính tổng số táo trong giỏ. Vì vậy tàu cần ba giờ để đến thành phố.",
}


def reading(language="en", **options):
    return LanguageConsistency(language=language, format=FREEFORM, **options)


@needs_lingua
class TestLanguageConsistency:
    """The share of the reasoning's words that are in the target language."""

    @pytest.mark.parametrize("language", WRITTEN)
    def test_reasoning_in_the_target_earns_all(self, language):
        assert reading(language).explain(WRITTEN[language]).score == 1.0

    @pytest.mark.parametrize("language", sorted(set(WRITTEN) - {"en"}))
    def test_reasoning_in_another_language_earns_nothing(self, language):
        assert reading("en").explain(WRITTEN[language]).score == 0.0
        assert reading(language).explain(WRITTEN["en"]).score == 0.0

    @pytest.mark.parametrize(
        ("one", "other"), [("ru", "uk"), ("zh", "ja"), ("es", "fr"), ("hi", "ar"), ("el", "ru")]
    )
    def test_near_and_far_languages_are_told_apart(self, one, other):
        assert reading(one).explain(WRITTEN[other]).score == 0.0
        assert reading(other).explain(WRITTEN[one]).score == 0.0

    @pytest.mark.parametrize(
        ("target", "text", "score"),
        [
            pytest.param("en", "The train needs three hours. 所以答案是四十", 5 / 12, id="Chinese"),
            pytest.param(
                "zh", "所以火车需要三个小时才能到达 hence three hours", 14 / 17, id="English"
            ),
            pytest.param(
                "en",
                "So the area of the square is twice the area of the triangle. "
                "Also ist die Fläche des Quadrats doppelt so groß wie die Fläche des Dreiecks.",
                13 / 27,
                id="German",
            ),
        ],
    )
    def test_mixed_reasoning_earns_its_share(self, target, text, score):
        assert reading(target).explain(text).score == pytest.approx(score)

    @pytest.mark.parametrize(
        "noise",
        [
            pytest.param(r"$\frac{ab}{cd} + \text{sonst nichts}$", id="inline mathematics"),
            pytest.param("$$ \\sum_{i=1}^{n} i = \\alpha $$", id="displayed mathematics"),
            pytest.param(r"\(ein kleines Stück\) \[noch ein anderes\]", id="brackets"),
            pytest.param("```python\nfür = jedes + kleine + stück\n```", id="code"),
            pytest.param("`für_jedes = kleines`", id="a code span"),
            pytest.param("1 + 2 = 3, 4.5%, 10^6, x1, y_2", id="numbers"),
            pytest.param("a b c x y z α β θ", id="variables"),
            pytest.param("sin cos log max", id="functions"),
            pytest.param("https://beispiel.de/ein/kleines/stück", id="an address"),
            pytest.param("<ein kleines stück>", id="a tag"),
            pytest.param("∫ ≤ ≥ → ∞ 🙂", id="symbols"),
        ],
    )
    def test_what_is_no_language_does_not_count(self, noise):
        clean = reading("en").explain(WRITTEN["en"])
        noisy = reading("en").explain(f"{noise} {WRITTEN['en']} {noise}")
        assert noisy.score == 1.0
        assert noisy.details["words"] == clean.details["words"]

    def test_prices_are_no_mathematics(self):
        text = "It costs $5 for the small apples and $6 for the large ones in the shop."
        assert reading("en").explain(text).details["words"] == {"en": 14}

    @pytest.mark.parametrize(
        "text",
        [
            "Natalia sold 48/2 = 24 clips in May. Altogether she sold 48 + 24 = 72 clips in both.",
            r"Let $x$ be the number of tickets. Then $2x + 5 = 17$, so $x = 6$. Giuseppe has 6.",
            "We need the remainder when 2^100 is divided by 7. Note that 2^3 = 8 ≡ 1 (mod 7). Hmm.",
            "Angle ABC = 60°. By the law of cosines, AC² = AB² + BC² - 2·AB·BC·cos 60°. So AC = 7.",
            "Let n = pq. Since gcd(e, phi) = 1, d exists. Vieta: x1 + x2 = -b/a. QED. So we go.",
            "By AM-GM, (a+b)/2 >= sqrt(ab). Equality iff a = b. Cauchy-Schwarz gives the same.",
            "Giuseppe and Francesca drove from Milano to Torino in Pablo's Fiat. So t = 2 h.",
            "Domain: x > 0. Derivative: f'(x) = 1/x. Minimum at e. Integral diverges. Limit is 0.",
            "Weng earns $12 an hour. 50 min = 50/60 h. 12 * 50/60 = 10. Done. She earned $10.",
        ],
    )
    def test_ordinary_mathematics_in_english_is_english(self, text):
        assert reading("en", least_words=5).explain(text).score == 1.0

    @pytest.mark.parametrize("text", ["", "42", "The answer is 42.", "x = 2y", "所以是四"])
    def test_too_few_words_are_no_opinion(self, text):
        outcome = reading("en").explain(text)
        assert outcome.score is None
        assert "too few" in outcome.reason

    def test_only_the_reasoning_counts(self):
        reward = LanguageConsistency(language="en")
        german, english = WRITTEN["de"], WRITTEN["en"]
        assert reward([f"{english}{END}<SOLUTION>{german}</SOLUTION>"]) == [1.0]
        assert reward([f"{german}{END}<SOLUTION>{english}</SOLUTION>"]) == [0.0]

    def test_each_row_has_its_own_language(self):
        reward = reading(column="lang")
        texts = [WRITTEN["de"]] * 5
        assert reward(texts, lang=["de", "en", "de-AT", None, ""]) == [1.0, 0.0, 1.0, None, None]

    @pytest.mark.parametrize("value", ["German", "xx", 3, ["de"]])
    def test_a_row_with_an_unknown_language_raises(self, value):
        with pytest.raises(ColumnError, match=r"'lang'.* de "):
            reading(column="lang")(["text"], lang=[value])

    def test_of_a_very_long_text_parts_speak_for_the_rest(self):
        text = (WRITTEN["en"] + " ") * 400 + (WRITTEN["de"] + " ") * 400
        score = reading("en").explain(text).score
        whole = reading("en").explain(f"{WRITTEN['en']} {WRITTEN['de']}").score
        assert score == pytest.approx(whole, abs=0.05)

    @settings(max_examples=50)
    @given(st.text(st.characters()), st.sampled_from(["en", "zh", "ru"]))
    def test_no_text_raises_and_the_score_is_a_share(self, text, language):
        outcome = reading(language, least_words=1).explain(text)
        assert outcome.score is None or 0.0 <= outcome.score <= 1.0
        assert outcome.reason
        json.dumps(outcome.details)

    def test_threads_get_the_same(self):
        texts = [*WRITTEN.values()] * 3
        expected = reading("en")(texts)
        with ThreadPoolExecutor(4) as pool:
            calls = [pool.submit(reading("en"), texts) for _ in range(8)]
            assert all(call.result() == expected for call in calls)

    def test_the_detector_is_not_pickled(self):
        reward = reading("en")
        reward([WRITTEN["en"]])
        assert len(pickle.dumps(reward)) < 1_000
        assert pickle.loads(pickle.dumps(reward)) == reward


@needs_lingua
class TestOptions:
    """A wrong option raises when the reward is made."""

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({"language": "English"}, "language='English'"),
            ({"language": None}, "language=None"),
            ({"among": ("en", "xx")}, "among='xx'"),
            ({"among": "en"}, "among='en'"),
            ({"column": ""}, "column=''"),
            ({"least_words": 0}, "least_words=0"),
            ({"format": "think"}, "'think'"),
        ],
        ids=str,
    )
    def test_a_wrong_one_raises(self, options, said):
        with pytest.raises(OptionError, match=said):
            LanguageConsistency(**options)

    def test_a_list_of_languages_is_read_as_a_tuple(self):
        assert LanguageConsistency(among=["en", "zh"]).among == ("en", "zh")


def test_without_lingua_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("grpo_rewards.rewards.language.find_spec", lambda name: None)
    with pytest.raises(OptionError, match=r"pip install 'grpo-rewards\[language\]'"):
        LanguageConsistency()


def test_importing_and_making_it_does_not_load_the_models():
    """The package imports it; lingua is for those who use it."""
    code = "import sys, grpo_rewards.rewards.language; sys.exit('lingua' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
