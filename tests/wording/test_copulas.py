"""Verbs that join what is asked and its value, where they are no words of English."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, CheckAnswer

CHECK = CheckAnswer(format=FREEFORM)
BEFORE = "Ta có 12 + 5 = 17.\n\n"

STATED = [
    ("20", r"Vậy, pha của dao động tại \( t = 2 \) s là 20 radian."),
    ("20", r"Vậy pha tại thời điểm $t = 2$ s là $20$ rad."),
    ("42", r"Vậy diện tích hình tròn là 42 cm."),
    ("42", r"Vậy số học sinh của lớp là 42."),
    ("42", r"Do đó, giá trị của $x$ là $42$."),
    ("42", r"Vì vậy, tổng số tiền là 42 đồng."),
    ("42", r"Như vậy, vận tốc của xe bằng 42 km/h."),
    ("42", r"Vậy $x$ bằng $42$."),
    ("42", r"Tóm lại, kết quả là 42."),
    ("42", r"Vậy James chạy 42 mét."),
    ("42", r"Diện tích của hình là 42."),
    ("42", r"Vậy nghiệm của phương trình $x - 2 = 40$ là $x = 42$."),
    ("0.25", r"Kết luận: Khoảng thời gian giữa hai lần liên tiếp là \( \frac{1}{4} \) giây."),
    ("42", r"Vậy khoảng cách từ $A$ đến $B$ là 42 km."),
    ("42", r"Vậy khoảng cách giữa hai điểm là $42$ cm."),
    ("42", r"Vậy khoảng thời gian là 42 giây."),
    ("0.25", r"Vậy thời gian là \(\frac{1}{4}\) giờ."),
    ("42", r"Vậy sai số là 42."),
    ("42", "Jadi, luas lingkaran di $t = 2$ adalah $42$."),
    ("42", "Zatem pole koła dla $r = 2$ wynosi $42$."),
]

NOT_STATED = [
    ("2", r"Vậy, pha của dao động tại \( t = 2 \) s là 20 radian."),
    ("42", r"Vậy số học sinh không phải là 42."),
    ("42", r"Vậy diện tích ít nhất là 42."),
    ("42", r"Vậy diện tích nhiều nhất là 42."),
    ("42", r"Nếu $x$ là 42 thì ta có mâu thuẫn."),
    ("42", r"Giả sử $x$ là 42."),
    ("42", r"Vậy giá trị của $x$ không thể là $42$."),
    ("42", r"Vậy diện tích lớn hơn 42."),
    ("42", r"Kết luận: $x$ không bằng 42."),
    ("42", r"Kết luận: $x$ có thể là 42."),
    ("42", r"Vậy $x$ là 41 hoặc 42."),
    ("42", r"Vậy $x$ là 42 và $y$ là 43."),
    ("42", r"Có lẽ $x$ là 42."),
    ("42", r"Vậy ta chia số này cho 42."),
    ("42", r"Kết luận: chưa biết $x$ là 42 hay không."),
    ("42", r"Vậy chúng ta cần tìm số là bội của 42."),
    ("42", r"Kết luận: $x$ gần bằng 42."),
    ("42", r"Kết luận: $x$ nhỏ hơn hoặc bằng 42."),
    ("42", r"Vậy tổng là 42 + y."),
    ("42", r"Vậy tổng là khoảng 42."),
    ("42", r"Vậy khoảng 42 người."),
    ("42", r"Vậy khoảng cách không phải là 42 km."),
    ("42", r"Vậy khoảng cách có thể là 42 km."),
    ("42", r"Khoảng cách là 42 là sai."),
    ("42", r"Đáp án 42 là sai."),
    ("42", r"Vậy khoảng cách khoảng 42 km."),
    ("42", "Jadi, luas lingkaran bukan adalah $42$ di $t = 2$."),
    ("2", "Jadi, luas lingkaran di $t = 2$ adalah $42$."),
    ("42", "Zatem pole koła nie wynosi $42$."),
]


def is_paid(gold, sentence):
    return CHECK([BEFORE + sentence], answer=[gold])[0] == CHECK.correct


@pytest.mark.parametrize(("gold", "sentence"), STATED)
def test_what_stands_behind_them_is_stated(gold, sentence):
    assert is_paid(gold, sentence)


@pytest.mark.parametrize(("gold", "sentence"), NOT_STATED)
def test_unless_it_is_denied_or_used(gold, sentence):
    assert not is_paid(gold, sentence)
