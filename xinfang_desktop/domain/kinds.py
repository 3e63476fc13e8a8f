"""Every kind of synced record by the name it has in the log; each is one table of the store."""

from __future__ import annotations

from . import case_records as cases
from . import records
from .office_records import WorkItem
from .records import Record

KINDS: dict[str, type[Record]] = {
    cls.kind: cls
    for cls in (
        records.Office, records.Account, records.Person, records.Village, records.Intake,
        records.Matter, records.Claim, records.Party, records.Step, records.Document,
        records.Attachment, records.Verdict, records.CalendarYear, records.ImportBatch,
        records.ImportRow, cases.Dispute, cases.ScreeningReturn, cases.Round, cases.RoundCall,
        cases.CaseStep, cases.Committee, cases.Mediator, cases.Mediation, cases.MediationParty,
        cases.VillageNote, records.FormerNumber, WorkItem,
    )
}  # fmt: skip
