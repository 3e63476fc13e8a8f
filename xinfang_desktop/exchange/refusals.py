"""Why something that came from another site is refused: a code, a sentence, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..domain.errors import DamagedInput

_AGAIN: Final = "请让对方重新导出，或换一个U盘、换一种方式重新传一次。本机的数据没有改动。"
_UPGRADE: Final = "请先升级本机的信访台，再导入一次。本机的数据没有改动。"
_ASK: Final = "请不要导入，电话联系对方核对这个数据包是不是他们导出的。本机的数据没有改动。"

REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    # the file
    "not_a_bundle": ("这个文件不是信访台的数据包。", "请选择扩展名为 .xfb 的数据包文件。"),
    "bundle_cut": ("数据包不完整，后面的部分缺失。", _AGAIN),
    "header_damaged": ("数据包的开头部分已经损坏。", _AGAIN),
    "header_changed": ("数据包的开头部分与里面签名的内容不一致，已被改动或损坏。", _AGAIN),
    "bundle_too_new": ("数据包来自更新版本的信访台，本机还读不懂。", _UPGRADE),
    "suite_unknown": ("数据包用的加密方式本机没有，无法打开。", _UPGRADE),
    # the seal
    "not_for_us": (
        "数据包里没有给本站点的密钥，不是发给本站点的，或在传递中损坏。",
        "请让对方核对收件站点和本站点的名片，再重新导出一次。",
    ),
    "bundle_damaged": ("数据包已经损坏，解密时核对不上。", _AGAIN),
    # what is inside
    "frame_damaged": ("数据包里有一段的格式不对，已经损坏。", _AGAIN),
    "frame_order": ("数据包里各段的先后次序不对。", _AGAIN),
    "frame_differs": ("数据包里有一段与清单上的指纹不一致，已被改动或损坏。", _AGAIN),
    "end_damaged": ("数据包的结尾与前面的内容核对不上。", _AGAIN),
    "end_missing": ("数据包没有结尾，后面的部分缺失。", _AGAIN),
    "bundle_trailing": ("数据包的结尾后面还有多余的内容。", _AGAIN),
    "manifest_damaged": ("数据包的清单格式不对，可能已经损坏。", _AGAIN),
    "manifest_differs": ("数据包的清单与文件开头写的不是同一个数据包。", _ASK),
    "bundle_forged": ("数据包的签名不对，不是名册上的那个站点签的。", _ASK),
    "not_addressed": (
        "数据包的清单上，收件站点里没有本站点。",
        "请向发出数据包的站点核对；需要的话，请他们给本站点重新导出一次。",
    ),
    "chunk_damaged": ("数据包里的变更记录段不完整或次序不对，无法展开。", _AGAIN),
    "piece_damaged": ("数据包里的附件段不完整，已经损坏。", _AGAIN),
    "entry_damaged": ("数据包里有一条变更记录的格式不对，已经损坏。", _AGAIN),
    "chain_broken": ("数据包里的变更记录前后接不上，缺了一条，或有一条被改动过。", _AGAIN),
    "checkpoint_forged": ("数据包里变更记录的签名不对，不是写下它的那个站点签的。", _ASK),
    "unknown_sender": (
        "发出这个数据包的站点没有登记，不能导入。",
        "请让对方交来站点名片，核对指纹后在“数据交换—站点”里添加，再导入一次。",
    ),
    "sender_revoked": (
        "发出这个数据包的站点已经停用，不再接收。",
        "请电话联系对方：换了电脑的，要用新站点的名片重新登记。",
    ),
    "bundle_bomb": (
        "数据包里有一段展开后超出了允许的大小，已停止读取。",
        "请不要再导入这个文件，电话联系对方核对来源。本机的数据没有改动。",
    ),
    # signatures, cards, rosters
    "signature_wrong": ("签名与内容不一致，内容已被改动，或不是这个站点签的。", _ASK),
    "card_damaged": (
        "这个文件不是站点名片，或名片已经损坏。",
        "请让对方在“设置—站点”里重新导出一次名片。",
    ),
    "card_forged": (
        "站点名片的签名不对，内容被改动过。",
        "请不要使用这张名片，让对方重新导出，并在电话里核对指纹。",
    ),
    "card_too_new": (
        "站点名片来自更新版本的信访台。",
        "请先升级本机的信访台，再导入这张名片。",
    ),
    "roster_damaged": ("站点名册的格式不对，可能已经损坏。", _AGAIN),
    "roster_forged": (
        "站点名册的签名不对，不是上级单位签的。",
        "名册没有更换。请电话联系上级单位核对。",
    ),
    "roster_too_new": (
        "站点名册来自更新版本的信访台。",
        "名册没有更换。请先升级本机的信访台，再导入一次。",
    ),
}
"""Every way to be refused by this package: code → what is wrong, what to do."""


def refuse(code: str) -> DamagedInput:
    """The error of one way to be refused, to be raised by the caller."""
    sentence, mend = REFUSALS[code]
    return DamagedInput(code, sentence, mend=mend)
