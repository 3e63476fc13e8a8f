"""打印文书 of a dispute, a mediation or a round: what may be printed, making one, binding a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from xinfang_desktop.domain import permissions
from xinfang_desktop.services import matter_binder, mediation_binder, paper_offers, paperwork
from xinfang_desktop.services.binding import FileBound
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.duty_rows import short_number
from xinfang_desktop.services.paper_offers import FormOffer

from .jobs import RunJob, Talk
from .paperwork import Kept
from .running import Run


class CasePapers:
    """The papers of whatever has a number. What is made is kept with it and can be seen again."""

    def __init__(self, desk: Desk, run: Run, job: RunJob) -> None:
        self.desk, self._run, self._job = desk, run, job

    def why_not(self) -> str:
        """Why this account prints nothing; empty where it may."""
        may = permissions.may(self.desk.roles, "print_form")
        return "" if may else permissions.not_permitted("print_form").sentence

    def offers(self, number: str, done: Callable[[tuple[FormOffer, ...]], None]) -> None:
        """Which papers there are for this case now."""
        self._run(lambda: paper_offers.offers_for(self.desk, number), done)

    def make(self, code: str, number: str, done: Callable[[Kept], None]) -> None:
        """Give the paper its number and keep it; an empty ``number`` makes a blank."""

        def work() -> Kept:
            printed = paperwork.print_form(self.desk, code, number)
            pdf = paperwork.document_pdf(self.desk, printed.document)
            return Kept(printed, pdf, paperwork.form_name(code))

        self._run(work, done, label="正在制作文书")

    def bind(self, number: str, out: Path, done: Callable[[FileBound], None]) -> None:
        """整卷装订: every paper of a matter or a mediation with page numbers, written to ``out``."""

        def work(talk: Talk) -> FileBound | None:
            return _binder_of(number)(
                self.desk, number, out, progress=talk.progress, cancelled=talk.cancelled
            )

        def came(bound: FileBound | None) -> None:
            if bound is not None:
                done(bound)

        self._job(work, came, lane="files", label="正在装订")


def offer_words(offer: FormOffer) -> str:
    """A paper as the menu says it: its name, how often it was printed, or why it cannot be."""
    times = f"　已印 {offer.times_printed} 次" if offer.times_printed else ""
    return f"{offer.name}{times}" if offer.allowed else f"{offer.name}（{offer.why}）"


def file_name(number: str) -> str:
    """A name for the bound file, without anybody's name in it."""
    kind = "调解" if _of_mediation(number) else "信访"
    return f"{kind}卷宗_{short_number(number)}.pdf"


def _of_mediation(number: str) -> bool:
    return "-TJ-" in number or "调字" in number


def _binder_of(number: str) -> Callable[..., FileBound | None]:
    return mediation_binder.bind_mediation if _of_mediation(number) else matter_binder.bind_matter


def bound_words(bound: FileBound) -> str:
    """What the status bar says after binding."""
    lacking = f"，还缺 {len(bound.missing)} 样，列在最前面" if bound.missing else ""
    return f"已装订 {bound.pages} 页，存为 {bound.out.name}{lacking}"
