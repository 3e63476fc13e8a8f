"""A newer program: a copy of this one with one more field, one more kind of record, one migration.

It is run as its own process, so that what it writes is what a newer release would write.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import xinfang_desktop

ROOT: Final = Path(__file__).parents[2]

_MIGRATION: Final = """
import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("dispute", sa.Column("remark", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "outing",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("voided", sa.Integer(), nullable=False),
        sa.Column("where", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
"""

_OUTING: Final = '''

@dataclass(frozen=True, kw_only=True)
class Outing(Record):
    """A walk through a village (走访)."""

    kind: ClassVar[str] = "outing"
    where: str
'''

_CHANGES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    # module → what stands there, and what the newer program has instead
    "store/schema.py": (("\nHEAD = 4\n", "\nHEAD = 5\n"),),
    "domain/kinds.py": (("cases.VillageNote,", "cases.VillageNote, cases.Outing,"),),
    "domain/case_records.py": (
        (
            "what lies before an import is history\n",
            'what lies before an import is history\n    remark: str = ""\n',
        ),
    ),
}

_BEFORE: Final = """
import json, sys
from pathlib import Path
from sqlalchemy import select
from tests.exchange.network import *
from xinfang_desktop.domain import case_records
from xinfang_desktop.places import RESOURCES
from xinfang_desktop.services.conflicts import conflict_list
from xinfang_desktop.store.reference import load_reference
from xinfang_desktop.store.tables import LOG, TABLES
asked = json.loads(sys.argv[1])
pc = PC(asked["name"], Path(asked["home"]), Path(asked["state"]), asked["account"],
        load_reference(RESOURCES))
def outings():
    with pc.reading() as conn:
        return [row.where for row in conn.execute(select(TABLES["outing"]))]
def bodies(feed):
    with pc.reading() as conn:
        found = conn.execute(select(LOG).where(LOG.c.feed == feed))
        return sorted(f"{row.site} {row.epoch} {row.seq} {row.hash}" for row in found)
def say(value):
    print(json.dumps(value, ensure_ascii=False))
"""


def make(folder: Path) -> Path:
    """The newer program in a folder of its own."""
    package = folder / "xinfang_desktop"
    shutil.copytree(
        Path(xinfang_desktop.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__")
    )
    for name, pairs in _CHANGES.items():
        text = (package / name).read_text("utf-8")
        for old, new in pairs:
            assert text.count(old) == 1, f"{name} does not hold {old!r} once"
            text = text.replace(old, new)
        (package / name).write_text(text, "utf-8")
    with (package / "domain/case_records.py").open("a", encoding="utf-8") as file:
        file.write(_OUTING)
    (package / "store/migrations/versions/0005_newer.py").write_text(_MIGRATION, "utf-8")
    for name in ("resources", "forms"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def run(newer: Path, pc: Any, program: str, **asked: Any) -> Any:
    """What ``program`` said, run by the newer program at the data folder of ``pc``."""
    pc.close()
    told = {
        "name": pc.name, "home": str(pc.home), "state": str(pc.state), "account": pc.account,
        **asked,
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", _BEFORE + program + "\npc.close()\n", json.dumps(told)],
        capture_output=True, check=False, cwd=newer, timeout=120,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(newer), str(ROOT)]),
             "XINFANG_STATE": str(pc.state)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr.decode()
    return json.loads(ran.stdout)
