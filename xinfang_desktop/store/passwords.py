"""What a password must be, in words."""

from __future__ import annotations

from itertools import pairwise
from typing import Final
from unicodedata import normalize

from ..domain.errors import RuleViolation

LEAST: Final = 8
MOST: Final = 256

_COMMONEST: Final = """
12345678 123456789 1234567890 0123456789 87654321 987654321 0987654321 123123123 112233445566
11223344 12341234 12344321 123454321 123321123 147258369 147852369 159357456 741852963 789456123
31415926 52013140 5201314520 13145201 1314520520 20082008 password password1 password123
passw0rd p@ssword p@ssw0rd passwd123 qwertyui qwertyuiop qwerty123 qwer1234 qwe12345 1q2w3e4r
1q2w3e4r5t 1qaz2wsx qazwsxedc zaq12wsx 1qazxsw2 asdfghjk asdfghjkl asdf1234 zxcvbnm1 zxcvbnm123
abcdefgh abcd1234 abc12345 abc123456 abcd123456 a1234567 a12345678 a123456789 aa123456
aa12345678 q1234567 qq123456 q123456789 zz123456 aaa111222 1234abcd 123456aa 123456abc admin123
admin888 admin123456 administrator root1234 welcome1 letmein1 iloveyou woaini1314 woaini520
woaini123 woaizhongguo zhongguo china123 xinfang1 xinfang123 xinfang123456 xfb12345 xfb123456
xinfangban sunshine football baseball superman michael1 princess computer internet changeme
test1234 test123456 guest123 user1234 huawei123 huawei@123 admin@123 root@123 abc@1234 abc@12345
aa@123456 pass@123 qwe@1234 123qweasd 123qwe123 1qaz@wsx !qaz2wsx
"""
_COMMON: Final = frozenset(_COMMONEST.split())


def as_typed(password: str) -> str:
    """One form for what looks the same: an input method may write full-width characters."""
    return normalize("NFKC", password)


def check_password(name: str, password: str) -> None:
    """Raise RuleViolation ``weak_password`` saying what is wrong with it for this account."""
    typed = as_typed(password)
    plain = typed.casefold()
    owner = as_typed(name).strip().casefold()
    if len(typed) < LEAST:
        raise _weak(f"密码太短，只有 {len(typed)} 个字符，至少要 {LEAST} 个。")
    if len(typed) > MOST:
        raise _weak(f"密码太长，最多 {MOST} 个字符。")
    if owner and owner in plain and not plain.replace(owner, "").strip("0123456789"):
        raise _weak("密码不能是账号名，也不能只是账号名加数字。")
    if plain in _COMMON:
        raise _weak("这个密码太常见，很容易被猜到。")
    if len(set(plain)) < 3:
        raise _weak("密码里重复的字符太多。")
    if _is_run(plain):
        raise _weak("密码是连续的字符，很容易被猜到。")


def _is_run(text: str) -> bool:
    steps = {ord(b) - ord(a) for a, b in pairwise(text)}
    return steps in ({1}, {-1})


def _weak(sentence: str) -> RuleViolation:
    return RuleViolation(
        "weak_password",
        sentence,
        mend="请另想一个，比如一句自己记得住的话加上数字。",
        field="password",
    )
