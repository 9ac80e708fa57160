"""`fractions` and `statistics` as a few lines of Python each, which reckon with ratios exactly."""

from __future__ import annotations

__all__ = ["FRACTIONS", "STATISTICS"]

STATISTICS = """
import math as $math
import collections as $collections
class $statistics:
    pass
$statistics = $statistics()
def $statistics_error(text):
    raise ValueError(text)
def $exact(value):
    if isinstance(value, int):
        return (int(value), 1)
    if not isinstance(value, float):
        raise NotImplementedError('statistics of this are not supported')
    if value != value or value in (float('inf'), float('-inf')):
        raise NotImplementedError('statistics of this are not supported')
    mantissa, exponent = $math.frexp(value)
    top, bottom = int(mantissa * 9007199254740992), 9007199254740992
    if exponent >= 0:
        top *= 2 ** exponent
    else:
        bottom *= 2 ** -exponent
    shared = $math.gcd(top, bottom)
    return (top // shared, bottom // shared)
def $total(values):
    top, bottom = 0, 1
    for value in values:
        a, b = $exact(value)
        top, bottom = top * b + a * bottom, bottom * b
        shared = $math.gcd(top, bottom)
        top, bottom = top // shared, bottom // shared
    return top, bottom
def $mean(data):
    data = list(data)
    if not data:
        $statistics_error('mean requires at least one data point')
    top, bottom = $total(data)
    bottom *= len(data)
    if not [1 for value in data if not isinstance(value, int)] and top % bottom == 0:
        return top // bottom
    return top / bottom
def $fmean(data):
    data = [float(value) for value in data]
    if not data:
        $statistics_error('fmean requires at least one data point')
    return $math.fsum(data) / len(data)
def $median(data):
    data = sorted(data)
    if not data:
        $statistics_error('no median for empty data')
    half = len(data) // 2
    return data[half] if len(data) % 2 else (data[half - 1] + data[half]) / 2
def $median_low(data):
    data = sorted(data)
    if not data:
        $statistics_error('no median for empty data')
    return data[(len(data) - 1) // 2]
def $median_high(data):
    data = sorted(data)
    if not data:
        $statistics_error('no median for empty data')
    return data[len(data) // 2]
def $mode(data):
    pairs = $collections.Counter(iter(data)).most_common(1)
    if not pairs:
        $statistics_error('no mode for empty data')
    return pairs[0][0]
def $multimode(data):
    counts = $collections.Counter(iter(data))
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]
def $spread(data, mean, less):
    data = list(data)
    if len(data) <= less:
        $statistics_error('variance requires more data points')
    if mean is not None:
        raise NotImplementedError('a given mean is not supported')
    top, bottom = $total(data)
    bottom *= len(data)
    high, low = 0, 1
    for value in data:
        a, b = $exact(value)
        a, b = a * bottom - top * b, b * bottom
        high, low = high * b * b + a * a * low, low * b * b
        shared = $math.gcd(high, low)
        high, low = high // shared, low // shared
    return high, low * (len(data) - less), data
def $squares(data, mean, less):
    high, low, data = $spread(data, mean, less)
    if not [1 for value in data if not isinstance(value, int)] and high % low == 0:
        return high // low
    return high / low
$statistics.mean, $statistics.fmean, $statistics.median = $mean, $fmean, $median
$statistics.median_low, $statistics.median_high = $median_low, $median_high
$statistics.mode, $statistics.multimode = $mode, $multimode
$statistics.variance = lambda data, xbar=None: $squares(data, xbar, 1)
$statistics.pvariance = lambda data, mu=None: $squares(data, mu, 0)
$statistics.stdev = lambda data, xbar=None: $math.sqrt($squares(data, xbar, 1))
$statistics.pstdev = lambda data, mu=None: $math.sqrt($squares(data, mu, 0))
"""

FRACTIONS = """
import math as $math
class $fractions:
    pass
$fractions = $fractions()
class Fraction:
    def __init__(self, numerator=0, denominator=None):
        top, bottom = $as_ratio(numerator, denominator is None)
        if denominator is not None:
            other, under = $as_ratio(denominator, False)
            top, bottom = top * under, bottom * other
        if bottom == 0:
            raise ZeroDivisionError(f'Fraction({top}, 0)')
        shared = $math.gcd(top, bottom)
        if bottom < 0:
            shared = -shared
        self.numerator, self.denominator = top // shared, bottom // shared
    def __repr__(self):
        return f'Fraction({self.numerator}, {self.denominator})'
    def __str__(self):
        if self.denominator == 1:
            return str(self.numerator)
        return f'{self.numerator}/{self.denominator}'
    def __float__(self):
        return self.numerator / self.denominator
    def __int__(self):
        return -(-self.numerator // self.denominator) if self.numerator < 0 else (
            self.numerator // self.denominator)
    def __hash__(self):
        if self.denominator == 1:
            return hash(self.numerator)
        return hash((self.numerator, self.denominator))
    def __bool__(self):
        return self.numerator != 0
    def __neg__(self):
        return $Fraction(-self.numerator, self.denominator)
    def __pos__(self):
        return self
    def __abs__(self):
        return $Fraction(abs(self.numerator), self.denominator)
    def __floor__(self):
        return self.numerator // self.denominator
    def __ceil__(self):
        return -(-self.numerator // self.denominator)
    def __round__(self, ndigits=None):
        if ndigits is not None:
            shift = 10 ** abs(ndigits)
            if ndigits > 0:
                return $Fraction(round(self * shift), shift)
            return $Fraction(round(self / shift) * shift)
        floor, rest = divmod(self.numerator, self.denominator)
        if rest * 2 < self.denominator:
            return floor
        if rest * 2 > self.denominator or floor % 2:
            return floor + 1
        return floor
    def __eq__(self, other):
        if type(other) is $Fraction or isinstance(other, int):
            top, bottom = $as_ratio(other, False)
            return self.numerator == top and self.denominator == bottom
        if isinstance(other, float):
            return float(self) == other and (
                other - other != 0 or $as_ratio(other, True) == (self.numerator, self.denominator))
        return NotImplemented
    def __pow__(self, other):
        if type(other) is $Fraction and other.denominator == 1:
            other = other.numerator
        if not isinstance(other, int):
            return float(self) ** float(other)
        if other >= 0:
            return $Fraction(self.numerator ** other, self.denominator ** other)
        return $Fraction(self.denominator ** -other, self.numerator ** -other)
    def __rpow__(self, other):
        if self.denominator == 1:
            return other ** self.numerator
        return other ** float(self)
    def limit_denominator(self, max_denominator=1000000):
        if max_denominator < 1:
            raise ValueError('max_denominator should be at least 1')
        if self.denominator <= max_denominator:
            return $Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self.numerator, self.denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        if 2 * d * (q0 + k * q1) <= self.denominator:
            return $Fraction(p1, q1)
        return $Fraction(p0 + k * p1, q0 + k * q1)
$Fraction = Fraction
def $as_ratio(value, reads):
    if type(value) is $Fraction:
        return value.numerator, value.denominator
    if isinstance(value, int):
        return int(value), 1
    if reads and isinstance(value, float) and value - value == 0:
        mantissa, exponent = $math.frexp(value)
        top, bottom = int(mantissa * 9007199254740992), 9007199254740992
        if exponent > 0:
            top *= 2 ** exponent
        else:
            bottom *= 2 ** -exponent
        shared = $math.gcd(top, bottom)
        return top // shared, bottom // shared
    if reads and isinstance(value, str):
        text = value.strip()
        sign = -1 if text[:1] == '-' else 1
        text = text[1:] if text[:1] in ('-', '+') else text
        top, slash, bottom = text.partition('/')
        whole, dot, part = top.partition('.')
        if slash and top.isdigit() and bottom.isdigit():
            return sign * int(top), int(bottom)
        if not slash and (whole + part).isdigit():
            return sign * int(whole + part), 10 ** len(part)
        raise NotImplementedError('a fraction of this is not supported')
    raise NotImplementedError('a fraction of this is not supported')
def $fraction_of(name, exact, rough):
    def forward(a, b):
        if type(b) is $Fraction or isinstance(b, int):
            c, d = $as_ratio(b, False)
            return exact(a.numerator, a.denominator, c, d)
        if isinstance(b, float):
            return rough(float(a), b)
        return NotImplemented
    def backward(b, a):
        if isinstance(a, int):
            return exact(int(a), 1, b.numerator, b.denominator)
        if isinstance(a, float):
            return rough(a, float(b))
        return NotImplemented
    setattr($Fraction, f'__{name}__', forward)
    setattr($Fraction, f'__r{name}__', backward)
$fraction_of('add', lambda a, b, c, d: $Fraction(a * d + c * b, b * d), lambda a, b: a + b)
$fraction_of('sub', lambda a, b, c, d: $Fraction(a * d - c * b, b * d), lambda a, b: a - b)
$fraction_of('mul', lambda a, b, c, d: $Fraction(a * c, b * d), lambda a, b: a * b)
$fraction_of('truediv', lambda a, b, c, d: $Fraction(a * d, b * c), lambda a, b: a / b)
$fraction_of('floordiv', lambda a, b, c, d: (a * d) // (b * c), lambda a, b: a // b)
$fraction_of('mod', lambda a, b, c, d: $Fraction((a * d) % (c * b), b * d), lambda a, b: a % b)
def $fraction_order(name, exact, rough):
    def compared(a, b):
        if type(b) is $Fraction or isinstance(b, int):
            c, d = $as_ratio(b, False)
            return exact(a.numerator * d, c * a.denominator)
        if isinstance(b, float):
            if b - b == 0:
                c, d = $as_ratio(b, True)
                return exact(a.numerator * d, c * a.denominator)
            return rough(0.0, b)
        return NotImplemented
    setattr($Fraction, f'__{name}__', compared)
$fraction_order('lt', lambda a, b: a < b, lambda a, b: a < b)
$fraction_order('le', lambda a, b: a <= b, lambda a, b: a <= b)
$fraction_order('gt', lambda a, b: a > b, lambda a, b: a > b)
$fraction_order('ge', lambda a, b: a >= b, lambda a, b: a >= b)
$records[$Fraction] = (($Fraction,), {}, {}, {})
$fractions.Fraction = $Fraction
"""
