"""文号 of two PCs of one office that do not see each other: none is given twice."""

from __future__ import annotations

from dataclasses import replace

from tests.conftest import SignIn
from tests.services.test_route_papers import matter
from xinfang_desktop.services import paperwork
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.handling import take_step
from xinfang_desktop.store.meta import write_site


def accepted(desk: Desk) -> str:
    """The 文号 of the notice of a matter accepted just now."""
    number = matter(desk)
    take_step(desk, number, "accept", {})
    return paperwork.print_form(desk, "F07", number).number


def test_the_second_pc_puts_its_letter_before_its_numbers(desk: Desk, sign_in: SignIn) -> None:
    first = [accepted(desk), accepted(desk)]
    with desk.database.write() as conn:
        write_site(conn, replace(desk.site, block="B"))
    desk.close()
    beside = sign_in()
    second = [accepted(beside), accepted(beside)]
    assert [number.split("〕")[1] for number in first] == ["1号", "2号"]
    assert [number.split("〕")[1] for number in second] == ["B1号", "B2号"]
    assert len({*first, *second}) == 4


def test_a_sealed_store_and_a_restored_pc_have_letters_too(desk: Desk, sign_in: SignIn) -> None:
    given = {accepted(desk)}
    for block, epoch in (("A", 2), ("B", 1), ("B", 2), ("MA", 1)):
        with desk.database.write() as conn:
            write_site(conn, replace(desk.site, block=block, epoch=epoch))
        desk.close()
        desk = sign_in()
        number = accepted(desk)
        assert number not in given and number.endswith("1号")
        given.add(number)
