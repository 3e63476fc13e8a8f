"""Who may do what (权限): one table of roles, obeyed by every service and every step.

Five roles and one grant; rights are the union. ``admin`` alone sees no matter and no dispute,
a liaison no matter; sealed accusations (检举控告) need the grant besides a role.
Source: 《信访工作条例》 art. 28, 30; 《个人信息保护法》 art. 51.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .errors import RuleViolation

ADMIN, OFFICER, LEADER = "admin", "officer", "leader"
LIAISON, SUPERVISOR, SEALED = "liaison", "supervisor", "sealed"

ROLE_NAMES: Mapping[str, str] = {
    ADMIN: "系统管理员",
    OFFICER: "信访专干",
    LEADER: "分管领导",
    LIAISON: "村（社区）联络员",
    SUPERVISOR: "督查员",
    SEALED: "涉密举报件专办员",
}

Roles = frozenset[str]

_DESK: Roles = frozenset({OFFICER})
_DESK_AND_HEAD: Roles = frozenset({OFFICER, LEADER})
_READERS: Roles = frozenset({OFFICER, LEADER, SUPERVISOR})
_EVERYBODY: Roles = frozenset({ADMIN, OFFICER, LEADER, LIAISON, SUPERVISOR})

STEPS: Mapping[str, Roles] = {
    **dict.fromkeys(
        (
            "claim", "sort", "supplement", "supplied", "accept", "simple", "forward", "return",
            "redirect", "object", "objection_upheld", "objection_refused", "reply", "final",
            "keep", "start", "assign", "hearing", "mediate", "meeting", "draft", "send", "serve",
            "notify", "promise", "follow", "fulfil", "close", "review", "review_result", "merge",
            "unmerge", "split", "withdraw", "archive", "void", "interview", "inquiry_report",
        ),
        _DESK,
    ),
    **dict.fromkeys(("convert", "extend", "return_draft", "sign", "reopen", "redate"), _DESK_AND_HEAD),
    **dict.fromkeys(("lead", "lead_progress", "fresh_look", "comment", "recuse"), _DESK_AND_HEAD),
    **dict.fromkeys(("sign_for", "feedback", "plan", "crossing", "stakeholders", "publish", "unpublish", "hearing_notice", "help",
                    "help_result", "revisit", "rate", "appoint", "visited"), _DESK),
    **dict.fromkeys(("note", "supervise", "supervise_reply", "cause"), _READERS),
    **dict.fromkeys(("seal", "name_reported", "confirm_namesake"), frozenset({SEALED})),
}  # fmt: skip
"""Step of a matter → the roles that may take (or record) it."""

_VILLAGE_TOO: Roles = frozenset({OFFICER, LIAISON})
_ALL_AT_WORK: Roles = frozenset({OFFICER, LEADER, LIAISON, SUPERVISOR})

DISPUTE_STEPS: Mapping[str, Roles] = {
    **dict.fromkeys(
        ("verify", "settle", "report_up", "follow", "take_back", "to_mediation"), _VILLAGE_TOO
    ),
    **dict.fromkeys(("to_matter", "route", "void"), _DESK),
    **dict.fromkeys(("grade", "assign", "confirm", "close", "reopen"), _DESK_AND_HEAD),
    "note": _ALL_AT_WORK,
}
"""Step of a dispute → roles. A village reports and settles; the township assigns and confirms."""

MEDIATION_STEPS: Mapping[str, Roles] = {
    **dict.fromkeys(
        (
            "consent", "party", "accept", "inquiry", "evidence", "agent", "session", "draft",
            "agreement",
            "fail", "end", "performance", "court", "follow", "archive",
        ),
        _VILLAGE_TOO,
    ),
    "note": frozenset({OFFICER, LEADER, LIAISON}),
    "void": _DESK,
}  # fmt: skip
"""Step of a mediation → roles. Village committees mediate too (《人民调解法》 art. 8)."""

_CASE_STEPS: Mapping[str, Roles] = {
    **{f"dispute.{step}": roles for step, roles in DISPUTE_STEPS.items()},
    **{f"mediation.{step}": roles for step, roles in MEDIATION_STEPS.items()},
}

SERVICES: Mapping[str, Roles] = {
    "register_intake": _DESK,
    "similar_matters": _DESK,
    "judge_similar": _DESK,
    "read_matters": _READERS,
    "reveal_names": _DESK_AND_HEAD,
    "take_step": _READERS,
    "read_disputes": _ALL_AT_WORK,
    "register_dispute": _VILLAGE_TOO,
    "take_dispute_step": _ALL_AT_WORK,
    "reveal_parties": frozenset({OFFICER, LEADER, LIAISON}),
    "read_screening": _ALL_AT_WORK,
    "open_round": _DESK_AND_HEAD,
    "file_return": _VILLAGE_TOO,
    "remind_village": _DESK_AND_HEAD,
    "read_mediations": _ALL_AT_WORK,
    "start_mediation": _VILLAGE_TOO,
    "take_mediation_step": frozenset({OFFICER, LEADER, LIAISON}),
    "read_committees": _EVERYBODY,
    "manage_committees": frozenset({ADMIN, OFFICER}),
    "read_notes": _ALL_AT_WORK,
    "write_note": _VILLAGE_TOO,
    "read_work": _READERS,
    "write_work": _DESK_AND_HEAD,
    "read_duties": _ALL_AT_WORK,
    "set_have": _DESK,
    "read_haves": _READERS,
    "print_form": frozenset({OFFICER, LEADER, LIAISON}),
    "print_matter_form": _DESK_AND_HEAD,
    "read_documents": _ALL_AT_WORK,
    "batch_forms": _DESK,
    "import_ledger": _DESK,
    "undo_import": _DESK,
    "import_calendar": frozenset({ADMIN, OFFICER}),
    "search": _ALL_AT_WORK,
    "manage_accounts": frozenset({ADMIN}),
    "manage_office": frozenset({ADMIN, OFFICER}),
    "manage_villages": frozenset({ADMIN, OFFICER}),
    "read_settings": _EVERYBODY,
    "save_draft": frozenset({OFFICER, LEADER, LIAISON, SUPERVISOR}),
    "make_backup": frozenset({ADMIN, OFFICER}),
    "verify_log": frozenset({ADMIN, OFFICER, LEADER, SUPERVISOR}),
    "read_log": _READERS,
    "change_own_password": _EVERYBODY,
    "share_case": _DESK_AND_HEAD,
    "read_sites": _EVERYBODY,
    "manage_sites": frozenset({ADMIN, OFFICER}),
    "exchange_bundles": frozenset({ADMIN, OFFICER, LIAISON}),
    "read_exchange": _EVERYBODY,
    "glance_exchange": _EVERYBODY,
    "read_conflicts": _ALL_AT_WORK,
    "settle_conflicts": _VILLAGE_TOO,
    "hold_sealed": frozenset({SEALED}),
}
"""Service verb → the roles that may call it. Each service filters further by feed and village."""

WHOLE_OFFICE = frozenset({"read_sites", "manage_sites", "exchange_bundles", "read_exchange"})
"""Verbs that concern every site of the office: not for an account bound to one of its villages."""

GRANTS: Mapping[str, Roles] = {**STEPS, **_CASE_STEPS, **SERVICES}


def may(roles: Iterable[str], verb: str) -> bool:
    """Whether these roles hold ``verb``. An unknown verb is our bug (KeyError)."""
    return not GRANTS[verb].isdisjoint(roles)


def who_may(verb: str) -> str:
    """The roles that hold ``verb``, in words: 信访专干、分管领导."""
    return "、".join(name for role, name in ROLE_NAMES.items() if role in GRANTS[verb])


def not_permitted(verb: str) -> RuleViolation:
    """The refusal that says who may."""
    return RuleViolation(
        "not_permitted",
        f"您的账号没有这项权限，这件事由{who_may(verb)}来做。",
        mend="请换有权限的账号登录，或请系统管理员在“设置—账号”里调整。",
    )


def not_for_village() -> RuleViolation:
    """The refusal of a village's account on the PC of the office above."""
    return RuleViolation(
        "not_for_village", "数据交换由单位的信访专干来做，村（社区）联络员的账号看不到。",
        mend="请让信访专干登录后再交换。",
    )  # fmt: skip


def require(roles: Iterable[str], verb: str) -> None:
    """Refuse with code ``not_permitted`` unless these roles hold ``verb``."""
    if not may(roles, verb):
        raise not_permitted(verb)


def bound_to_village(roles: Iterable[str]) -> bool:
    """Whether these roles see one village only: a liaison who is nothing else of the desk."""
    return LIAISON in (held := frozenset(roles)) and held.isdisjoint(_READERS)


def sees_sealed(roles: Iterable[str]) -> bool:
    """Whether these roles hold the grant for sealed accusations (《信访工作条例》 art. 30)."""
    return SEALED in frozenset(roles)


def opens_sealed(roles: Iterable[str]) -> bool:
    """Whether the sealed store opens for these roles: the grant, beside a role that reads matters."""
    held = frozenset(roles)
    return sees_sealed(held) and may(held, "read_matters")
