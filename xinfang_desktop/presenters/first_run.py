"""The first start: the office, its first account, the recovery code; or a practice office."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from xinfang_desktop.domain.errors import RuleViolation, XinfangError
from xinfang_desktop.domain.fields import Field
from xinfang_desktop.services import accounts
from xinfang_desktop.services.accounts import CreateOffice, OfficeCreated

from .running import Run
from .sign_in import Installation, differs

OFFICE_FIELDS = (
    Field(
        "kind", "单位层级", "choice", required=True,
        choices=(("township", "乡镇（街道）"), ("village", "村（社区）"), ("county", "县（市、区）")),
        help="您这台电脑给哪一级单位用。",
    ),
    Field(
        "code", "机构代码", required=True,
        help="统计用区划代码：县 6 位，乡镇（街道）9 位，村（社区）12 位。信访编号以它开头，建好以后不能改。",
        sample="999999101",
    ),
    Field("name", "单位名称", required=True, help="窗口标题和台账上的名称。", sample="青石镇信访办"),
    Field(
        "organ", "落款机关",
        help="文书落款的机关全称，加盖的就是它的印章。不填就用单位名称。", sample="云岭县青石镇人民政府",
    ),
    Field(
        "doc_prefix", "文号代字", help="文号开头的机关代字，后面由程序编号。", sample="青信"
    ),
    Field(
        "review_organ", "复查机关",
        help="不服处理意见时向哪个机关申请复查，处理意见书必须写明。", sample="云岭县人民政府",
        article="《信访工作条例》第三十五条",
    ),
    Field("phone", "办公电话", help="印在告知书和回执上。"),
    Field("address", "办公地址", help="印在告知书和回执上，信访人照着来。"),
)  # fmt: skip
ADMIN_FIELDS = (
    Field(
        "admin", "您的姓名", required=True,
        help="第一个账号：管理账号，也办理信访。以后可以在“设置”里添加别人。", sample="周敏",
    ),
    Field("password", "密码", required=True, help="至少 8 位，不要用姓名或连续的数字。数据用它加密。"),
    Field("password_again", "再输一次", required=True, help="和上面一样。"),
)  # fmt: skip


class FirstRunPresenter:
    """Checks step by step, then creates the office in one go."""

    def __init__(self, installation: Installation, run: Run) -> None:
        self._installation, self._run = installation, run
        self.created: OfficeCreated | None = None

    @property
    def home(self) -> Path:
        """Where the data will lie."""
        return self._installation.home

    def check_office(self, values: Mapping[str, Any]) -> list[RuleViolation]:
        """What is wrong with the first step."""
        missing = _missing(OFFICE_FIELDS, values)
        if missing:
            return missing
        return _asked(self._command({**values, "admin": "某某", "password": ""}), OFFICE_FIELDS)

    def check_admin(self, values: Mapping[str, Any]) -> list[RuleViolation]:
        """What is wrong with the second step."""
        missing = _missing(ADMIN_FIELDS, values)
        if missing:
            return missing
        if values["password"] != values["password_again"]:
            return [differs()]
        made_up = {"kind": "county", "code": "999999", "name": "某某"}
        return _asked(self._command({**made_up, **values}), ADMIN_FIELDS)

    def create(
        self,
        values: Mapping[str, Any],
        done: Callable[[OfficeCreated], None],
        failed: Callable[[XinfangError], None],
    ) -> None:
        """Make keys, store and first account."""
        here = self._installation

        def made(created: OfficeCreated) -> None:
            self.created = created
            done(created)

        self._run(
            lambda: accounts.create_office(
                here.home, self._command(values), here.clock, here.shipped
            ),
            made,
            failed,
            label="正在建立加密的数据库",
        )

    def recovery_lines(self) -> tuple[str, ...]:
        """What the printed sheet says."""
        if self.created is None:
            return ()
        return (
            f"单位：{self.created.office.name}（{self.created.office.code}）",
            f"恢复码：{self.created.recovery_code}",
            f"本机指纹：{self.created.fingerprint}",
            "忘记密码时，用恢复码在登录窗口重新设置密码。",
            "没有密码也没有恢复码，数据谁也打不开。请打印两份，分别锁好，不要存在电脑里。",
        )

    @staticmethod
    def _command(values: Mapping[str, Any]) -> CreateOffice:
        def text(name: str) -> str:
            return str(values.get(name) or "")

        return CreateOffice(
            code=text("code"),
            name=text("name"),
            kind=text("kind"),
            admin=text("admin"),
            password=text("password"),
            organ=text("organ"),
            doc_prefix=text("doc_prefix"),
            review_organ=text("review_organ"),
            phone=text("phone"),
            address=text("address"),
        )


def _missing(fields: tuple[Field, ...], values: Mapping[str, Any]) -> list[RuleViolation]:
    return [
        RuleViolation("required", f"还没有填{field.label}。", mend="请填写。", field=field.name)
        for field in fields
        if field.required and not values.get(field.name)
    ]


def _asked(command: CreateOffice, fields: tuple[Field, ...]) -> list[RuleViolation]:
    """The service's own check, as far as it concerns these fields."""
    try:
        accounts.check_office(command)
    except RuleViolation as problem:
        return [problem] if problem.field in {field.name for field in fields} else []
    return []
