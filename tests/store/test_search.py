"""The search index in a real encrypted database: what clerks type, and what nobody should."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from xinfang_desktop.store import pinyin
from xinfang_desktop.store.database import Database
from xinfang_desktop.store.search import (
    Hit,
    SearchDoc,
    create_tables,
    find,
    index,
    remove,
)

KEY = bytes(range(32))

WATER = SearchDoc(
    "matter", "m1",
    number="511024100-XF-20260304-A0001", title="柳溪村水渠漏水", query_code="7KQ2-M9RT",
    body="柳溪村水渠漏水\n水渠年久失修，2025年汛期后断流。\n要求修复 PVC 管道", names=("王桂芳",),
    phones=("138 0013 8000", "0731-85551234"), places=("柳溪村", "三组"),
)  # fmt: skip
ROAD = SearchDoc(
    "matter", "m2",
    number="511024100-XF-20260305-A0002", title="大塘村道路硬化", query_code="3XWP8HNC",
    body="请求硬化组级公路", names=("单志远", "尉迟𬭊"), phones=("8613912345678",),
    places=("大塘村",),
)  # fmt: skip
RARE = SearchDoc("dispute", "m1", title="石桥村㛃䶮地界", names=("䶮喆",))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = Database(tmp_path_factory.mktemp("search") / "xinfang.db", KEY, guard=False)
    with opened.write() as connection:
        create_tables(connection)
        create_tables(connection)
        for doc in (WATER, ROAD, RARE):
            index(connection, doc)
    yield opened
    opened.close()


@pytest.fixture
def conn(database: Database) -> Iterator[Connection]:
    """The same three records for every test; what a test does is rolled back."""
    with database.read() as connection:
        yield connection


def found(conn: Connection, text: str) -> list[str]:
    hits, total = find(conn, text)
    assert total == len(hits)
    return sorted(f"{hit.kind} {hit.id} {hit.where}" for hit in hits)


WATER_BY = "matter m1 {}".format
ROAD_BY = "matter m2 {}".format
RARE_BY = "dispute m1 {}".format


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("水渠", [WATER_BY("text")]),
        ("渠", [WATER_BY("text")]),
        ("村", [RARE_BY("text"), WATER_BY("text"), ROAD_BY("text")]),
        ("柳溪村水渠漏水", [WATER_BY("text")]),
        ("渠水", []),
        ("失修2025", []),  # a comma stands between them
        ("水渠 修复", [WATER_BY("text")]),
        ("水渠 硬化", []),
        ("水渠，修复", [WATER_BY("text")]),
        ("水渠　漏水", [WATER_BY("text")]),
        ("pvc", [WATER_BY("text")]),
        ("ＰＶＣ", [WATER_BY("text")]),
        ("２０２５", [WATER_BY("text")]),
        ("王桂芳", [WATER_BY("text")]),
        ("𬭊", [ROAD_BY("text")]),
        ("尉迟𬭊", [ROAD_BY("text")]),
        ("㛃䶮", [RARE_BY("text")]),
        ("䶮", [RARE_BY("text")]),
    ],
)
def test_chinese_text(conn: Connection, text: str, expected: list[str]) -> None:
    assert found(conn, text) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wangguifang", [WATER_BY("name")]),
        ("WangGui", [WATER_BY("name")]),
        ("wgf", [WATER_BY("name")]),
        ("wanggf", [WATER_BY("name")]),
        ("szy", [ROAD_BY("name")]),
        ("shanzhiyuan", [ROAD_BY("name")]),
        ("danzhiyuan", []),
        ("yuchi", [ROAD_BY("name")]),
        ("ycd", [ROAD_BY("name")]),
        ("lxcsq", [WATER_BY("title")]),
        ("sqls", [WATER_BY("title")]),
        ("daolu", [ROAD_BY("title")]),
        ("王gf", [WATER_BY("name")]),
        ("王guifang", [WATER_BY("name")]),
        ("单zy", [ROAD_BY("name")]),
        ("wang桂芳", [WATER_BY("name")]),
        ("水qu", [WATER_BY("title")]),
        ("李gf", []),
        ("网gf", []),  # it sounds the same, but nobody is written so
    ],
)
def test_pinyin(conn: Connection, text: str, expected: list[str]) -> None:
    assert found(conn, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("511024100-XF-20260304-A0001", [WATER_BY("number")]),
        ("511024100-xf-20260304-a0001", [WATER_BY("number")]),
        ("20260305", [ROAD_BY("number")]),
        ("20260304-A0001", [WATER_BY("number")]),
        ("A0002", [ROAD_BY("number")]),
        ("0002", [ROAD_BY("number")]),
        ("511024100－XF－20260305", [ROAD_BY("number")]),
        ("7KQ2-M9RT", [WATER_BY("query_code")]),
        ("7kq2m9rt", [WATER_BY("query_code")]),
        ("8000", [WATER_BY("phone")]),
        ("13800138000", [WATER_BY("phone")]),
        ("138 0013 8000", [WATER_BY("phone")]),
        ("138-0013-8000", [WATER_BY("phone")]),
        ("+86 139 1234 5678", [ROAD_BY("phone")]),
        ("1234", [WATER_BY("phone")]),  # of the second phone; 139…5678 does not end so
        ("800", []),  # three digits are too few for a phone
        ("xf", []),
    ],
)
def test_numbers_and_phones(conn: Connection, text: str, expected: list[str]) -> None:
    assert found(conn, text) == expected


def test_words_of_different_kinds_are_joined_by_and(conn: Connection) -> None:
    assert found(conn, "8000 水渠 wgf") == [WATER_BY("phone")]
    assert found(conn, "8000 硬化") == []
    assert found(conn, "大塘村 5678") == [ROAD_BY("phone")]


def test_the_best_come_first_then_the_newest_and_the_total_is_of_all(conn: Connection) -> None:
    for at in range(10):
        index(conn, SearchDoc("matter", f"n{at}", title="双井村灌溉", body="桂花"))
    index(conn, SearchDoc("matter", "n3", title="双井村灌溉", body="桂花"))
    index(conn, SearchDoc("matter", "best", title="其他", names=("桂花",), number="X-8000"))
    hits, total = find(conn, "双井村", limit=3)
    assert ([hit.id for hit in hits], total) == (["n9", "n8", "n7"], 10)
    assert find(conn, "8000")[0][0] == Hit("matter", "best", "number")
    assert find(conn, "桂花", 0) == ((), 0)


def test_a_record_is_found_by_what_it_says_now(conn: Connection) -> None:
    index(conn, SearchDoc("matter", "m1", title="枫树坳村饮水", names=("何建平",)))
    assert found(conn, "水渠") == found(conn, "wgf") == found(conn, "8000") == []
    assert found(conn, "饮水") == [WATER_BY("text")]
    assert found(conn, "hjp") == [WATER_BY("name")]


def test_what_was_removed_is_in_no_table(conn: Connection) -> None:
    remove(conn, "matter", "m1")
    remove(conn, "matter", "m1")
    assert found(conn, "水渠") == found(conn, "wgf") == found(conn, "A0001") == []
    assert found(conn, "㛃") == [RARE_BY("text")]
    index(conn, WATER)
    assert found(conn, "水渠") == [WATER_BY("text")]


HOSTILE = [
    "", " ", "　", "\"", "'", "*", "-", "--", "()", "\"水", "水*", "\0", "\ud800", "😀", "%", "_",
    "NEAR(", "a*", "^", ":", "\\", "\"\"\"", "[a-z]*", "?", "-" * 500, "\x1b[2J", "{{7*7}}",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_is_syntax(conn: Connection, text: str) -> None:
    hits, total = find(conn, text)
    assert total == len(hits) <= 3


@pytest.mark.parametrize(
    "text",
    [
        "水渠 OR 硬化", "水渠 NOT 修复", "NEAR(水渠 漏水)", "chars : 水", "水渠 AND 硬化",
        "'; DROP TABLE search_doc; --", "' OR 1=1 --", "x' UNION SELECT id, id, 1, 1 FROM matter --",
    ],
)  # fmt: skip
def test_operators_and_injection_find_nothing_and_harm_nothing(conn: Connection, text: str) -> None:
    assert found(conn, text) == []
    assert found(conn, "水渠") == [WATER_BY("text")]


def test_wildcards_of_glob_do_not_widen_a_word(conn: Connection) -> None:
    assert found(conn, "w?f") == found(conn, "[w]gf*x") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.text(max_size=30) | st.text("水渠wgf8-\"'*()[]?:^ A0", max_size=12))
def test_any_text_gives_an_answer(conn: Connection, text: str) -> None:
    hits, total = find(conn, text)
    assert len(hits) == total <= 3


def test_ten_thousand_characters_are_answered_at_once(conn: Connection) -> None:
    began = time.perf_counter()
    for text in ("水" * 10_000, "水渠 " * 3_333, "a" * 10_000, "8" * 10_000, "﷽" * 10_000):
        find(conn, text)
    assert find(conn, WATER.title + "。" * 10_000)[1] == 1
    index(conn, SearchDoc("matter", "long", body="柳溪" * 50_000, names=("王某",) * 10_000))
    assert time.perf_counter() - began < 5


def test_prefixes_are_looked_up_in_the_index(conn: Connection) -> None:
    plan = conn.exec_driver_sql(
        "EXPLAIN QUERY PLAN SELECT doc FROM search_key WHERE key_kind = 'name' AND value GLOB 'wg*'"
    ).all()
    assert "SEARCH search_key USING PRIMARY KEY (key_kind=? AND value>? AND value<?)" in plan[0][3]


# --- pinyin ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("单志远", "shanzhiyuan", "szy"),
        ("仇小明", "qiuxiaoming", "qxm"),
        ("查良", "zhaliang", "zl"),
        ("翟红", "zhaihong", "zh"),
        ("区海", "ouhai", "oh"),
        ("尉迟勇", "yuchiyong", "ycy"),
        ("万俟雪", "moqixue", "mqx"),
        ("欧阳修文", "ouyangxiuwen", "oyxw"),
        ("吕强", "lvqiang", "lq"),
        ("曾国强", "zengguoqiang", "zgq"),
        ("䶮喆", "yanzhe", "yz"),
        ("阿依古丽·买买提", "ayigulimaimaiti", "ayglmmt"),
    ],
)
def test_names_are_read_as_names(name: str, full: str, initials: str) -> None:
    keys = pinyin.name_keys(name)
    assert keys.pinyin[0] == full
    assert keys.initials[0] == initials


def test_a_surname_of_two_readings_is_found_by_both() -> None:
    assert {"qinwei", "tanwei"} <= set(pinyin.name_keys("覃伟").pinyin)
    assert set(pinyin.name_keys("覃伟").initials) == {"qw", "tw"}


def test_texts_are_read_character_by_character() -> None:
    assert pinyin.full("柳溪村3组（WIFI）") == "liuxicun3zuwifi"
    assert pinyin.initials("柳溪村 3组") == "lxc3z"
    assert pinyin.full("") == pinyin.initials("，。") == ""
    assert pinyin.name_keys("") == ((), ())


def test_a_hundred_thousand_names_take_well_under_a_second() -> None:
    letters = "桂芳志远建平小红国强淑珍文华玉兰"
    names = ["王" + a + b for a, b in itertools.islice(itertools.cycle(
        itertools.product(letters, repeat=2)), 100_000)]  # fmt: skip
    pinyin.initials(letters)
    began = time.perf_counter()
    for name in names:
        pinyin.initials(name)
    assert time.perf_counter() - began < 1.5  # 0.2 s on an idle PC
