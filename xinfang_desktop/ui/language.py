"""Chinese for Qt's own words: the shipped catalogue, and ours for what it lacks."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

_LACKING = {
    "&Copy": "复制(&C)",
    "Copy": "复制",
    "&Paste": "粘贴(&P)",
    "Paste": "粘贴",
    "Cu&t": "剪切(&T)",
    "Cut": "剪切",
    "&Undo": "撤销(&U)",
    "Undo": "撤销",
    "&Redo": "重做(&R)",
    "Redo": "重做",
    "Select All": "全选",
    "Delete": "删除",
    "Copy &Link Location": "复制链接地址(&L)",
    "OK": "确定",
    "&OK": "确定(&O)",
    "Cancel": "取消",
    "&Cancel": "取消(&C)",
    "Close": "关闭",
    "&Close": "关闭(&C)",
    "Save": "保存",
    "&Save": "保存(&S)",
    "Open": "打开",
    "&Open": "打开(&O)",
    "&Yes": "是(&Y)",
    "&No": "否(&N)",
    "Yes": "是",
    "No": "否",
    "Show Details...": "看详细情况…",
    "Hide Details...": "收起详细情况",
    "Paste and Match Style": "粘贴为纯文字",
    "Increase": "增加",
    "Decrease": "减少",
}


class OwnWords(QTranslator):
    """Texts that Qt's Chinese catalogue leaves in English."""

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return _LACKING.get(sourceText, "")

    def isEmpty(self) -> bool:
        return False


def speak_chinese(app: QCoreApplication) -> None:
    """Set the locale and install both catalogues; Qt asks the one installed last first."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    own = OwnWords(app)
    app.installTranslator(own)
    shipped = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if shipped.load("qtbase_zh_CN", folder):
        app.installTranslator(shipped)
