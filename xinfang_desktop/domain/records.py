"""The synced records (登记的内容) of an office and its matters; what the change log carries.

Each record class is one table of the store and one record kind ``t`` of the log; the tables are
derived from these annotations, so a field is declared once. Only these types occur in fields:
``str int bool date datetime``, their optional forms, ``tuple[str, ...]`` and ``Json``
(a JSON value without floats).

``bases`` says which writes the reader saw, field by field; a change carries them back so that a
merge can tell "replaced knowingly" from "overwritten in ignorance".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple

Json = Any


class Stamp(NamedTuple):
    """Identity of one log entry inside its feed: which site, which epoch, which number."""

    site: str
    epoch: int
    seq: int


Bases = Mapping[str, tuple[Stamp, ...]]
NO_BASES: Bases = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Record:
    """What all records share. ``feed`` is the audience; ``voided`` (作废) keeps the row."""

    kind: ClassVar[str]
    event: ClassVar[bool] = False
    """True for records that are never changed after they were written (a correction is a new one)."""

    id: str
    feed: str
    voided: bool = False
    bases: Bases = field(default_factory=lambda: NO_BASES, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Office(Record):
    """The office (本单位) whose desk this is, and its local settings."""

    kind: ClassVar[str] = "office"
    code: str
    name: str
    level: str  # township | village | county
    organ: str = ""  # 落款机关, e.g. 青石镇人民政府
    doc_prefix: str = ""  # 文号机关代字, e.g. 青信
    review_organ: str = ""  # 复查机关, named in every opinion (art. 35)
    review_address: str = ""
    address: str = ""
    phone: str = ""
    reception_hours: str = ""
    acceptance_from: str = "notice"  # 受理之日口径: notice | receipt
    late_after: str = "rolled"  # 逾期口径: rolled | raw
    local_rules: str = ""  # name of a local overlay rule pack, empty = national only
    simple_procedure: bool = False  # 简易办理 switched on
    practice: bool = False  # 练习: a fictional office; every paper is watermarked


@dataclass(frozen=True, kw_only=True)
class Account(Record):
    """Somebody who signs in (账号). The password never leaves the machine's key slots."""

    kind: ClassVar[str] = "account"
    name: str
    roles: tuple[str, ...]
    village: str = ""  # id of the village a liaison belongs to
    disabled: bool = False


@dataclass(frozen=True, kw_only=True)
class Person(Record):
    """A member of staff (单位人员), with or without an account: drafts, signs, serves, meets."""

    kind: ClassVar[str] = "person"
    name: str
    title: str = ""
    unit: str = ""
    phone: str = ""
    may_sign: bool = False
    interests: str = ""  # what the person declared about itself (回避, art. 28)


@dataclass(frozen=True, kw_only=True)
class Village(Record):
    """A village or community (村/社区). ``code`` has 12 digits or is empty until joined."""

    kind: ClassVar[str] = "village"
    name: str
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Intake(Record):
    """One letter, call, visit or online post (信访件)."""

    kind: ClassVar[str] = "intake"
    number: str
    matter: str
    channel: str  # code of table channel
    received_on: date
    registered_at: datetime
    registered_by: str  # name
    source: str = ""  # code of table source: who sent it to us; empty = the citizen
    source_ref: str = ""  # 来文号
    headcount: int = 1
    village: str = ""  # village id
    place: str = ""  # 组、地名
    summary: str = ""  # 事实和理由
    materials: str = ""  # 收到材料
    anonymous: bool = False
    confidential: bool = False
    urgent: bool = False
    sealed: bool = False
    large_print: bool = False
    may_publish: bool = False  # 同意公开
    first: bool = True  # first contact about this matter here (初次)
    late_entry: bool = False  # 补录
    history: bool = False  # imported from a ledger: no receipt, no 四有 owed
    batch: str = ""  # id of the import batch


@dataclass(frozen=True, kw_only=True)
class Matter(Record):
    """One demand about one set of facts (信访事项): the set of duties the office owes for it."""

    kind: ClassVar[str] = "matter"
    number: str
    query_code: str
    title: str
    state: str  # S10 … T12 of domain.workflow
    received_on: date
    channel: str
    origin: str = "self"  # self | forwarded 转送 | assigned 交办
    report_due: date | None = None  # 交办反馈期限
    nature: str = ""  # suggestion | accusation | appeal (art. 29-31); empty until sorted
    purpose: str = ""
    category: str = ""  # code of table category; empty = not recognised
    category_text: str = ""  # the class as it was written
    village: str = ""
    place: str = ""
    owner: str = ""  # 承办人, a name
    unit: str = ""  # 承办单位
    unreachable: bool = False  # 姓名或地址不清 (art. 23 para 2)
    anonymous: bool = False
    confidential: bool = False
    urgent: bool = False
    sealed: bool = False
    large_print: bool = False
    late_entry: bool = False
    history: bool = False
    batch: str = ""


@dataclass(frozen=True, kw_only=True)
class Claim(Record):
    """One numbered request (诉求) of a matter; each is answered separately."""

    kind: ClassVar[str] = "claim"
    matter: str
    no: int
    text: str
    facts: str = ""


@dataclass(frozen=True, kw_only=True)
class Party(Record):
    """Who came (信访人 and those with them), with the least data. Everything is optional."""

    kind: ClassVar[str] = "party"
    intake: str
    matter: str
    no: int
    role: str = "petitioner"  # petitioner | representative | agent | joint
    name: str = ""
    phone: str = ""
    id_type: str = ""
    id_number: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Step(Record):
    """One thing done for a matter (办理经过): every transition, note, talk and evidence."""

    kind: ClassVar[str] = "step"
    event: ClassVar[bool] = True
    matter: str
    action: str  # an action of domain.workflow, or have | register | import | promise | print
    on: date  # the day it counts for
    at: datetime  # when it was written down
    by: str  # name of who wrote it
    from_state: str = ""
    to_state: str = ""
    intake: str = ""
    data: Json = None  # the command's fields


@dataclass(frozen=True, kw_only=True)
class Document(Record):
    """One printed paper (文书): its PDF by hash, its number (文号), never reused."""

    kind: ClassVar[str] = "document"
    event: ClassVar[bool] = True
    matter: str  # empty for papers of the office and of other cases
    case: str = ""  # id of the dispute, mediation or round it is about
    intake: str = ""
    form: str  # F01 …
    number: str  # 文号, empty for papers without one
    title: str
    sha256: str
    pages: int
    at: datetime
    by: str
    large_print: bool = False
    reprint_of: str = ""  # 补打: id of the first print
    facts: Json = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Attachment(Record):
    """A file given by the citizen or made by the office (附件), stored by its hash."""

    kind: ClassVar[str] = "attachment"
    event: ClassVar[bool] = True
    matter: str  # empty for files of other cases
    case: str = ""  # id of the dispute or mediation it belongs to
    intake: str = ""
    name: str
    media: str
    size: int  # bytes
    sha256: str
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class Verdict(Record):
    """A person's judgement of two matters: same | related | different. Can be taken back."""

    kind: ClassVar[str] = "verdict"
    left: str
    right: str
    judged: str  # same | related | different | undone
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FormerNumber(Record):
    """曾用编号: a number that two records carried, and that this one gave up; it is still found."""

    kind: ClassVar[str] = "former_number"
    event: ClassVar[bool] = True
    of_kind: str
    of: str  # id of the record
    number: str
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class CalendarYear(Record):
    """Rest days and make-up days of one year as the office imported them (节假日安排)."""

    kind: ClassVar[str] = "calendar_year"
    year: int
    document: str  # 文号 of the notice
    days: Json = None  # [["2027-01-01", "rest", "元旦"], …]


@dataclass(frozen=True, kw_only=True)
class ImportBatch(Record):
    """One imported file (导入批次): one undoable step."""

    kind: ClassVar[str] = "import_batch"
    file: str
    sheet: str
    profile: str
    sha256: str
    rows: int
    imported: int
    at: datetime
    by: str
    undone: bool = False


@dataclass(frozen=True, kw_only=True)
class ImportRow(Record):
    """One row as it was written in the ledger, and what it became."""

    kind: ClassVar[str] = "import_row"
    event: ClassVar[bool] = True
    batch: str
    row: int  # the sheet's row, from 1
    key: str  # what makes the row known again
    matter: str = ""
    intake: str = ""
    dispute: str = ""
    cells: Json = None
    problems: Json = None
