"""The search index (检索): local tables beside the records, never part of the log.

Measured on a million rows: two-character words by phrases of bigrams, one character by single
characters, names, numbers and phone tails by prefixes. Trigrams find no two-character word and
LIKE scans everything (ARCHITECTURE, "Facts that were measured").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from unicodedata import normalize

from sqlalchemy import Connection

from .pinyin import full, initials, name_keys
from .search_forms import bigrams, code, folded, number_values, phone_tail, phones, runs

MAX_QUERY: Final = 200
"""Characters of a query that are looked at; a longer one finds what its beginning finds."""

MAX_WORDS: Final = 8

# Everything outside ASCII is a token character for FTS5's ascii tokenizer, so rare characters that
# its own Unicode table does not know yet (𬭊 𬱖) are words as well; we cut the tokens ourselves.
_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS search_doc ("
    " doc INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, village TEXT NOT NULL,"
    " UNIQUE (kind, id))",
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_fts USING fts5("
    " chars, bigrams, initials, pinyin,"
    " content='', contentless_delete=1, tokenize='ascii')",
    "CREATE TABLE IF NOT EXISTS search_key ("
    " key_kind TEXT NOT NULL, value TEXT NOT NULL, doc INTEGER NOT NULL,"
    " PRIMARY KEY (key_kind, value, doc)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS search_key_doc ON search_key (doc)",
)

PLACES: Final = ("number", "query_code", "phone", "name", "title", "text")
"""Where a hit was found, the most telling first; hits come in this order, then newest first."""

_NUMBER, _QUERY_CODE, _PHONE, _NAME, _TITLE, _TEXT = range(len(PLACES))


@dataclass(frozen=True, slots=True)
class SearchDoc:
    """What one record is found by. ``body`` is any text; phones and code are found by key only."""

    kind: str
    id: str
    number: str = ""
    title: str = ""
    body: str = ""
    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    query_code: str = ""
    village: str = ""  # whose liaison may find it


class Hit(NamedTuple):
    """A record found, and by what (one of ``PLACES``)."""

    kind: str
    id: str
    where: str


def create_tables(conn: Connection) -> None:
    """Make the tables where they are not there yet."""
    for statement in _TABLES:
        conn.exec_driver_sql(statement)


def empty_tables(conn: Connection) -> None:
    """Forget everything that was indexed."""
    for name in ("search_key", "search_fts", "search_doc"):
        conn.exec_driver_sql(f"DELETE FROM {name}")


# --- keeping the index -------------------------------------------------------------------------


def index(conn: Connection, doc: SearchDoc) -> None:
    """Index a record, in place of what was indexed of it before."""
    index_many(conn, (doc,))


def index_many(conn: Connection, docs: Iterable[SearchDoc]) -> None:
    """Index many records by a few statements; a thousand at once are several times faster."""
    by_record = {(doc.kind, doc.id): doc for doc in docs}
    known = _numbers(conn, by_record)
    _forget(conn, known.values())
    fresh = [record for record in by_record if record not in known]
    last = conn.exec_driver_sql("SELECT coalesce(max(doc), 0) FROM search_doc").scalar_one()
    numbers = {**known, **{record: last + at for at, record in enumerate(fresh, 1)}}
    _many(
        conn,
        "INSERT INTO search_doc (doc, kind, id, village) VALUES (?, ?, ?, ?)",
        [(numbers[record], *record, by_record[record].village) for record in fresh],
    )
    _many(
        conn,
        "UPDATE search_doc SET village = ? WHERE doc = ?",
        [(by_record[record].village, number) for record, number in known.items()],
    )
    _many(
        conn,
        "INSERT INTO search_fts (rowid, chars, bigrams, initials, pinyin) VALUES (?, ?, ?, ?, ?)",
        [(numbers[record], *_tokens(doc)) for record, doc in by_record.items()],
    )
    _many(
        conn,
        "INSERT INTO search_key (key_kind, value, doc) VALUES (?, ?, ?)",
        sorted(
            {(*key, numbers[record]) for record, doc in by_record.items() for key in _keys(doc)}
        ),
    )


def remove(conn: Connection, kind: str, id: str) -> None:
    """Take a record out of the index; nothing happens where it is not in it."""
    numbers = _numbers(conn, [(kind, id)]).values()
    _forget(conn, numbers)
    _many(conn, "DELETE FROM search_doc WHERE doc = ?", [(number,) for number in numbers])


def _numbers(conn: Connection, records: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    rows = conn.exec_driver_sql(
        "SELECT kind, id, doc FROM search_doc WHERE (kind, id) IN"
        " (SELECT value ->> 0, value ->> 1 FROM json_each(?))",
        (json.dumps(list(records)),),
    )
    return {(kind, id): doc for kind, id, doc in rows}


def _forget(conn: Connection, numbers: Iterable[int]) -> None:
    rows = [(number,) for number in numbers]
    _many(conn, "DELETE FROM search_fts WHERE rowid = ?", rows)
    _many(conn, "DELETE FROM search_key WHERE doc = ?", rows)


def _many(conn: Connection, statement: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        conn.exec_driver_sql(statement, rows)


def _tokens(doc: SearchDoc) -> tuple[str, str, str, str]:
    """The four columns: characters, bigrams, and bigrams of initials and pinyin of the head."""
    whole = dict.fromkeys((doc.title, *doc.names, *doc.places, *doc.body.split("\n")))
    every = runs(folded("\n".join(whole)))
    heads = runs(folded("\n".join((doc.title, *doc.places))))
    return (
        " ".join(map(" ".join, every)),
        bigrams(every),
        bigrams(map(initials, heads)),
        bigrams(map(full, heads)),
    )


def _keys(doc: SearchDoc) -> Iterator[tuple[str, str]]:
    for value in filter(None, number_values(doc.number)):
        yield "number", value
    if doc.query_code:
        yield "query_code", code(doc.query_code)
    for phone in doc.phones:
        for digits in phones(phone):
            yield "phone_tail", phone_tail(digits)
    for name in doc.names:
        keys = name_keys(normalize("NFKC", name).strip())
        for value in keys.pinyin:
            yield "name_pinyin", value
        for value in keys.initials:
            yield "name_initials", value


# --- finding -----------------------------------------------------------------------------------

_BY_TEXT: Final = "SELECT rowid AS doc, {place} AS place FROM search_fts WHERE search_fts MATCH ?"
_BY_KEY: Final = (
    "SELECT doc, {place} AS place FROM search_key WHERE key_kind = '{kind}' AND value GLOB ?"
)


class _Way(NamedTuple):
    """One way in which a word can be found: a query for ``doc`` and ``place``, and what it asks."""

    place: int
    sql: str
    asked: tuple[str, ...]


def find(
    conn: Connection,
    text: str,
    limit: int = 50,
    *,
    kinds: Iterable[str] | None = None,
    village: str | None = None,
) -> tuple[tuple[Hit, ...], int]:
    """Records that hold every word of ``text``: the best ``limit`` of them, and how many in all.

    Only records of these ``kinds`` are found or counted (None: of all), and of this ``village``
    (None: of any).

    A word is Chinese text, pinyin or initials of a name or title (also mixed: 王gf), a number or
    its end, a query code, or the last four or more digits of a phone. Nothing in it is syntax.
    """
    words = _words(text)
    if not words:
        return (), 0
    selects: list[str] = []
    asked: list[str] = []
    for at, word in enumerate(words):
        for way in _ways(word):
            selects.append(f"SELECT doc, place, {at} AS word FROM ({way.sql})")
            asked += way.asked
    query = (
        "SELECT d.kind, d.id, f.place, count(*) OVER () AS total FROM ("
        " SELECT doc, min(place) AS place"
        f" FROM ({' UNION ALL '.join(selects)})"
        " GROUP BY doc HAVING count(DISTINCT word) = ?) AS f"
        " JOIN search_doc AS d ON d.doc = f.doc"
        " WHERE (? IS NULL OR d.kind IN (SELECT value FROM json_each(?)))"
        " AND d.village = coalesce(?, d.village)"
        " ORDER BY f.place, f.doc DESC LIMIT ?"
    )
    wanted = None if kinds is None else json.dumps(list(kinds))
    rows = conn.exec_driver_sql(query, (*asked, len(words), wanted, wanted, village, limit)).all()
    hits = tuple(Hit(kind, id, PLACES[place]) for kind, id, place, _ in rows)
    return hits, rows[0][3] if rows else 0


def _words(text: str) -> list[str]:
    asked = folded(text[:MAX_QUERY])[:MAX_QUERY]
    if re.fullmatch(r"[0-9\s+\-]+", asked):  # a phone or a number written in groups
        asked = re.sub(r"[\s+]", "", asked)
    words = [word.strip("-") for word in asked.split() if runs(word)]
    return list(dict.fromkeys(words))[:MAX_WORDS]


def _ways(word: str) -> Iterator[_Way]:
    parts = runs(word)
    joined = "".join(parts)
    yield _by_text(_TEXT, " AND ".join(map(_phrase, parts)))
    if not joined.isascii():
        if re.search("[a-z]", joined):
            yield from _mixed_ways(joined)
        return
    if len(joined) >= 3 and re.fullmatch(r"[a-z\-]*[0-9][0-9a-z\-]*", word):
        yield _by_key(_NUMBER, "number", word)
    if len(joined) >= 4:
        yield _by_key(_QUERY_CODE, "query_code", joined)
        if joined.isdigit():
            yield _by_key(_PHONE, "phone_tail", phone_tail(joined))
    if joined.isalpha():
        yield from _reading_ways((joined,), (joined,), joined, joined)


def _mixed_ways(joined: str) -> Iterator[_Way]:
    """Chinese and Latin in one word (王gf): its reading fits, and its Chinese parts stand there."""
    parts = " AND ".join(map(_phrase, re.findall(r"[^\x00-\x7f]+", joined)))
    keys = name_keys(joined)
    for way in _reading_ways(keys.pinyin, keys.initials, full(joined), initials(joined)):
        stands = _by_text(way.place, parts)
        yield way._replace(sql=f"{way.sql} INTERSECT {stands.sql}", asked=way.asked + stands.asked)


def _reading_ways(
    names: Iterable[str], first: Iterable[str], title: str, letters: str
) -> Iterator[_Way]:
    for value in names:
        yield _by_key(_NAME, "name_pinyin", value)
    for value in first:
        yield _by_key(_NAME, "name_initials", value)
    if len(letters) >= 2:
        yield _by_text(_TITLE, f'initials : "{bigrams([letters])}"')
    if len(title) >= 3:
        yield _by_text(_TITLE, f'pinyin : "{bigrams([title])}"')


def _phrase(run: str) -> str:
    return f'chars : "{run}"' if len(run) == 1 else f'bigrams : "{bigrams([run])}"'


def _by_text(place: int, match: str) -> _Way:
    return _Way(place, _BY_TEXT.format(place=place), (match,))


def _by_key(place: int, kind: str, start: str) -> _Way:
    """``start`` holds only letters, digits and dashes, so it is no pattern itself."""
    return _Way(place, _BY_KEY.format(place=place, kind=kind), (start + "*",))
