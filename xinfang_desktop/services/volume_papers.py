"""F36 from a matter's file: cover, contents and back, as far as the file tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..domain.file_rules import Bundled, papers_in_order
from ..domain.history import closed_on
from ..domain.records import Document
from ..domain.vocabulary import RETENTION
from ..printing import facts as papers
from ..printing.catalogue import FORMS
from ..printing.contents import ContentsRow
from ..printing.volume_facts import Volume
from .paper_source import Source, common


def title_of(document: Document) -> str:
    """What a kept paper is called in the contents: as it is headed, else as its form is."""
    facts = document.facts if isinstance(document.facts, Mapping) else {}
    headed = facts.get("title")
    return headed if isinstance(headed, str) and headed else document.title


def author_of(document: Document, office: papers.OfficeFacts) -> str:
    """责任者: the organ that signs a letter, the desk that fills in a sheet."""
    form = FORMS.get(document.form)
    return office.organ if form and form.skin == "letter" else office.office or office.organ


def note_of(paper: Bundled) -> str:
    """备注: that earlier versions were printed, and when."""
    if not paper.older:
        return ""
    days = sorted({f"{each.at.month}月{each.at.day}日" for each in paper.older})
    return f"另有{len(paper.older)}个旧稿（{'、'.join(days)}）"


def volume(source: Source) -> Volume:
    """The three parts, the rows of the contents without page numbers."""
    file = source.file
    said = source.step("archive")
    shared = common(source, said=said)
    rows = tuple(
        ContentsRow(
            title=title_of(paper.newest), number=paper.newest.number,
            author=author_of(paper.newest, shared["office"]), on=paper.newest.at.date(),
            note=note_of(paper),
        )
        for paper in papers_in_order(file)
    )  # fmt: skip
    reason = said.get("missing_reason", "")
    remark = (said.get("remark", ""), f"缺少材料的原因：{reason}" if reason else "")
    return Volume(
        **shared, volume=said.get("volume", ""), began=file.matter.received_on,
        ended=closed_on(file), count=len(rows), contents=rows,
        retention=dict(RETENTION).get(said.get("retention", ""), ""),
        filed_by=said.get("filed_by") or said.get("_by", ""),
        checked_by=said.get("checked_by", ""), filed_on=said.get("_on"),
        remark="\n".join(filter(None, remark)),
    )  # fmt: skip


BUILDERS: Mapping[str, Callable[[Source], papers.MatterPaper]] = {"F36": volume}
