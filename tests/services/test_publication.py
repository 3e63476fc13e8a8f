"""四个公开 at the services: consent first, nobody shown, taken down when the person wishes."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import VISITOR, bring_to, register, visit
from tests.printing.reading import read
from xinfang_desktop.domain.errors import RuleViolation
from xinfang_desktop.services import handling, paper_offers, paperwork, registration
from xinfang_desktop.services.desk import Desk

CARDS = {"G01": "acceptance", "G02": "procedure", "G03": "result", "G04": "effect"}
CONSENT = {"consented": True, "form": "signed", "no_minor": True, "where": "柳溪村公开栏"}
SECRETS = (VISITOR["name"], "桂芳", VISITOR["phone"], VISITOR["id_number"], "五组", "12 号", "12号")


def publish(desk: Desk, number: str, kind: str) -> None:
    handling.take_step(desk, number, "publish", {**CONSENT, "kind": kind})


def everything_in(pdf: bytes) -> str:
    """The words, the metadata, and whatever stands in the file in clear."""
    with pypdfium2.PdfDocument(pdf) as document:
        told = document.get_metadata_dict()
    clear = pdf.decode("utf-8", "ignore") + pdf.decode("utf-16-be", "ignore")
    return f"{read(pdf)}{told}{clear}"


def closed(desk: Desk) -> str:
    number = register(
        desk, title="王桂芳家后山路塌方", summary="我家电话13907391827，住柳溪村五组12号。"
    ).number
    bring_to(desk, number, "S70")
    handling.take_step(desk, number, "fulfil", {"task": "fulfil:1", "content": "已清理"})
    return number


def test_every_card_shows_what_was_done_and_nobody(desk: Desk, tmp_path: Path) -> None:
    number = closed(desk)
    for code, kind in CARDS.items():
        with pytest.raises(RuleViolation, match="还不能"):
            paperwork.print_form(desk, code, number)
        publish(desk, number, kind)
        out = tmp_path / f"{code}.pdf"
        paperwork.print_form(desk, code, number, out)
        told = everything_in(out.read_bytes())
        for secret in SECRETS:
            assert secret.replace(" ", "") not in told.replace(" ", ""), (code, secret)
        assert number in told
    batch = paperwork.batch_forms(desk, "G01", "S70", tmp_path / "batch")
    assert [file.name for file in batch.files] == [f"G01_{number}.pdf"]


def test_a_name_that_somebody_writes_back_is_not_printed(desk: Desk) -> None:
    number = closed(desk)
    publish(desk, number, "result")
    for text in (
        "已答复王桂芳。",
        "已电话13907391827告知。",
        "王大姐家门前的路已通。",
        "五组的路已通。",
    ):
        draft = paperwork.draft_form(desk, "G03", number, {"text": text})
        assert draft.blocked, text
        with pytest.raises(RuleViolation):
            paperwork.print_form(desk, "G03", number, overrides={"text": text})
    assert not paperwork.draft_form(desk, "G03", number, {"text": "路已通。"}).blocked


def test_without_consent_or_before_its_time_nothing_is_hung_up(desk: Desk) -> None:
    number = register(desk).number
    with pytest.raises(RuleViolation) as early:
        publish(desk, number, "acceptance")
    assert early.value.code == "not_yet"
    bring_to(desk, number, "S30")
    with pytest.raises(RuleViolation) as refused:
        handling.take_step(
            desk, number, "publish", {**CONSENT, "kind": "acceptance", "consented": False}
        )
    assert refused.value.code == "not_consented" and refused.value.article
    with pytest.raises(RuleViolation) as effect:
        publish(desk, number, "effect")
    assert effect.value.code == "not_yet"


def test_who_takes_the_consent_back_is_taken_down(desk: Desk) -> None:
    number = register(desk).number
    bring_to(desk, number, "S30")
    publish(desk, number, "acceptance")
    paperwork.print_form(desk, "G01", number)
    handling.take_step(desk, number, "unpublish", {"kind": "acceptance", "reason": "本人改变主意"})
    offers = {offer.code: offer for offer in paper_offers.forms_for(desk, number)}
    assert not offers["G01"].allowed
    with pytest.raises(RuleViolation):
        paperwork.print_form(desk, "G01", number)


def test_who_asked_for_secrecy_is_never_hung_up(desk: Desk) -> None:
    number = register(desk, confidential=True).number
    bring_to(desk, number, "S30")
    with pytest.raises(RuleViolation) as refused:
        publish(desk, number, "acceptance")
    assert refused.value.code == "secret"


@settings(max_examples=8, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    surname=st.sampled_from(("龙", "欧阳", "单")), given_name=st.sampled_from(("桂芳", "堃", "水生")),
    tail=st.text("0123456789", min_size=8, max_size=8), group=st.integers(1, 30),
)  # fmt: skip
def test_whoever_comes_is_never_on_a_card(
    desk: Desk, surname: str, given_name: str, tail: str, group: int
) -> None:
    name, phone, address = surname + given_name, f"139{tail}", f"柳溪村{group}组{group + 7}号"
    who = {"name": name, "phone": phone, "address": address}
    number = registration.register_intake(
        desk, visit(parties=[who], title=f"{name}（{phone}）反映{address}门前积水")
    ).number
    bring_to(desk, number, "S30")
    publish(desk, number, "acceptance")
    told = everything_in(
        paperwork.document_pdf(desk, paperwork.print_form(desk, "G01", number).document)
    )
    for secret in (name, phone, f"{group}组", f"{group + 7}号"):
        assert secret not in told.replace(number, "")
