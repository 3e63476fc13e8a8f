"""站点名片、数据包交接单、日志月度存证: what must be read aloud or scanned stands there in full."""

from __future__ import annotations

from dataclasses import replace

from xinfang_desktop.printing import exchange_facts as X
from xinfang_desktop.printing.render import Printer

from .papers import X01, X02, X03
from .reading import read


def test_the_fingerprint_stands_in_its_groups(printer: Printer) -> None:
    words = read(printer.render("X01", X01).pdf)
    assert "".join(X01.groups) in words and X01.name in words
    assert "有一组不一样，就不要添加" in words
    endless = replace(X01, name="很长的站点名称" * 14)
    assert printer.render("X01", endless).pages == 1


def test_a_receipt_tells_the_file_and_its_hash(printer: Printer) -> None:
    words = read(printer.render("X02", X02).pdf)
    for told in (X02.sender, X02.receiver, X02.file, X02.sha256, "第14包，共3个文件之2", X02.told):
        assert told.replace(" ", "") in words
    assert "大小" not in read(printer.render("X02", replace(X02, size="")).pdf)


def test_every_chain_stands_on_the_proof_with_its_whole_hash(printer: Printer) -> None:
    many = tuple(
        X.ChainFacts(name=f"第{n}村的登记", seq=n, digest=(f"{n:08x}",) * 8) for n in range(80)
    )
    done = printer.render("X03", replace(X03, chains=many))
    words = read(done.pdf)
    assert done.pages > 2 and words.count("最后一条的摘要") == done.pages
    assert all(f"{n:08x}" * 8 in words for n in range(80))
    assert X03.whole in words
