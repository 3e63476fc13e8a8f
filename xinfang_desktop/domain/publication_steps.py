"""四个公开: what an office hangs up about a matter, with the person's consent and without the person.

Acceptance, procedure, result and effect; effect is what was carried out, never what the
petitioner does. Source: 《信访工作条例》 art. 18, 30; 《个人信息保护法》 art. 13, 25.
"""

from __future__ import annotations

from collections.abc import Mapping

from .articles import article
from .fields import Field
from .guards import DECIDED, Action, Asked, Guard, confirmed
from .history import data_of, tasks
from .matter import MatterFile
from .vocabulary import PUBLICATION, STATEMENT_FORM, word
from .when import RECORDABLE

GROUP = "公开"


def published(file: MatterFile) -> dict[str, dict[str, object]]:
    """What is hung up now: kind → what was recorded with it."""
    up: dict[str, dict[str, object]] = {}
    for step in file.all("publish", "unpublish"):
        said = dict(data_of(step))
        if step.action == "publish":
            up[said["kind"]] = {**said, "on": step.on}
        else:
            up.pop(said["kind"], None)
    return up


def _secret(asked: Asked) -> str | None:
    matter = asked.file.matter
    if matter.sealed:
        return "检举控告不公开。"
    return "信访人要求保密，不能公开。" if matter.confidential else None


NOT_SECRET = Guard(
    "secret", _secret, article=article(30), standing=True, mend="这件事不要上公开栏。"
)

_NEEDS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "acceptance": (("accept", "simple"), "还没有受理，没有可以公开的。"),
    "procedure": (("accept", "simple"), "还没有受理，没有可以公开的。"),
    "result": (("sign", "reply"), "还没有答复，没有可以公开的结果。"),
}


def _ripe(asked: Asked) -> str | None:
    kind = str(asked.data.get("kind", ""))
    steps, sentence = _NEEDS.get(kind, (("register",), ""))
    if sentence and asked.file.last(*steps) is None:
        return sentence
    if kind == "effect" and not any(task.done_on for task in tasks(asked.file)):
        return "还没有落实好的事项，没有可以公开的效果。"
    return None


def _hung_up(asked: Asked) -> str | None:
    kind = asked.data.get("kind")
    if kind is None or kind in published(asked.file):
        return None
    return f"“{word('publication', kind)}”现在没有公开。"


_KIND = Field("kind", "哪一项", "choice", required=True, choices=PUBLICATION)

STEPS: tuple[Action, ...] = (
    Action(
        "publish", "公开", RECORDABLE, (), article(18),
        (
            DECIDED, NOT_SECRET,
            confirmed("consented", "信访人不同意，就不能公开。", article=article(18),
                      mend="不公开不影响办理。"),
            confirmed("no_minor", "涉及未成年人、被害人或者他人隐私的，不能公开。", article=article(30),
                      mend="这件事不要上公开栏。"),
            Guard("not_yet", _ripe, field="kind", mend="办到那一步再公开。"),
        ),
        group=GROUP,
        asks=(
            _KIND,
            Field("consented", "信访人同意公开", "bool", required=True, article=article(18),
                  help="讲清楚公开什么、贴在哪里；不同意也不影响办理。"),
            Field("form", "同意的凭据", "choice", required=True, choices=STATEMENT_FORM),
            Field("consented_on", "同意的日子", "date", help="不填就是上面的日期。"),
            Field("no_minor", "不涉及未成年人、被害人和他人隐私", "bool", required=True),
            Field("where", "贴在哪里", sample="柳溪村村务公开栏"),
            Field("until", "贴到哪一天", "date", help="到期取下。"),
        ),
    ),
    Action(
        "unpublish", "撤下公开", RECORDABLE, (), article(18),
        (Guard("not_published", _hung_up, field="kind", mend="没有公开的不用撤。"),),
        after=("publish",), group=GROUP,
        asks=(
            _KIND,
            Field("reason", "原因", required=True, sample="本人改变主意；公开期满",
                  help="本人随时可以收回同意，收回就撤。"),
        ),
    ),
)  # fmt: skip
