"""Bundles between offices: order, loss, repetition; what everybody ends up with."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.exchange.network import (
    FEED,
    PC,
    Network,
    create,
    differences,
    dump,
    edit,
    here,
    proofs,
    seen,
    shuffled,
)
from xinfang_desktop.domain.errors import DamagedInput
from xinfang_desktop.exchange.packing import PIECE
from xinfang_desktop.services import attachments, receiving
from xinfang_desktop.services.desk import Desk
from xinfang_desktop.services.exchange_status import exchange_status
from xinfang_desktop.store import peers, vector
from xinfang_desktop.store.inbox import shelf
from xinfang_desktop.store.tables import LOG, TABLES


def all_agree(net: Network) -> None:
    """After everybody has everything: each store is sound, each two hold the same."""
    net.exchange()
    names = list(net.pcs)
    for number, one in enumerate(names):
        assert proofs(net[one]) == []
        for other in names[number + 1 :]:
            assert differences(net[one], net[other]) == []


def confirm(pc: PC, other: PC) -> None:
    """As if the other side had said that it holds everything: the next bundle is only what follows."""
    site = other.site
    with pc.desk() as desk, desk.writing() as tx:
        ack = {c: h for c, h in vector.heads(tx.conn).items() if c.feed == FEED}
        peers.put(tx.conn, replace(peers.peers(tx.conn)[site], ack=ack))


def test_the_county_s_roster_does_not_stop_the_second_pc_of_the_township(net: Network) -> None:
    # T passes on the roster of what it shares with the county; T2 has no card of the county
    with net["T"].desk() as desk:
        id = create(desk)
    net.carry("T", "C")
    net.carry("C", "T")
    assert net.carry("T", "T2").created == {"dispute": 1}
    assert here(net["T2"], id)


# --- order, loss, repetition -------------------------------------------------------------------


def six_bundles(net: Network) -> tuple[list[str], list[Path]]:
    """Six files of the village, each with a new dispute and a change to the first."""
    ids: list[str] = []
    files: list[Path] = []
    for number in range(6):
        with net["V"].desk() as desk:
            ids.append(create(desk, summary=f"第{number + 1}件"))
            edit(desk, ids[0], people=number)
        files += net.export("V", "T")
        confirm(net["V"], net["T"])
    return ids, files


@pytest.mark.parametrize("seed", range(2))
def test_six_bundles_in_any_order_with_one_missing(net: Network, seed: int) -> None:
    ids, files = six_bundles(net)
    missing = files.pop(2)
    reports = [net.take("T", path) for path in shuffled(files, seed)]
    (said,) = reports[-1].gaps
    with net["T"].reading() as conn:
        (gap,) = shelf(conn)
    assert (gap.count, gap.last - gap.first) == (6, 5)
    assert f"柳溪村民委员会的第 {gap.missing} 条还没有到" in said
    with net["T"].desk() as desk:
        status = exchange_status(desk)
    assert (status.waiting, status.gaps) == (6, (said,))
    assert sum(report.entries.new for report in reports) == 4
    assert [here(net["T"], id) for id in ids] == [True, True, *[False] * 4]
    assert proofs(net["T"]) == []
    report = net.take("T", missing)
    assert (report.result, report.entries.new, report.gaps) == (receiving.NEW, 8, ())
    with net["T"].desk() as desk:
        assert seen(desk, ids[0]).people == 5
    all_agree(net)


def test_the_next_exchange_heals_what_was_lost(net: Network) -> None:
    ids, files = six_bundles(net)
    del files[2]
    for path in files:
        net.take("T", path)
    net.carry("T", "V")  # says up to where the chain goes
    report = net.carry("V", "T")  # no recovery was asked for
    assert report.result == receiving.NEW and report.entries.waiting == 0
    assert all(here(net["T"], id) for id in ids)
    all_agree(net)


def test_the_same_bundle_again_changes_nothing(net: Network, tmp_path: Path) -> None:
    with net["V"].desk() as desk:
        create(desk)
    (path,) = net.export("V", "T")
    first = net.take("T", path)
    renamed = Path(shutil.copy(path, tmp_path / "从U盘拷来的.xfb"))
    for again in (path, renamed, path):
        with net["T"].desk() as desk:
            desk.flush_looks()
        before = dump(net["T"])
        report = net.take("T", again)
        assert (report.result, report.entries.new) == (receiving.KNOWN, 0)
        assert report.entries.known == first.entries.new > 0
        assert "已经导入过" in report.sentence
        with net["T"].desk() as desk:
            desk.flush_looks()
        assert dump(net["T"]) == before
        net["T"].close()


def test_another_bundle_with_the_same_entries_brings_nothing_new(net: Network) -> None:
    with net["V"].desk() as desk:
        create(desk)
    (first,), (second,) = net.export("V", "T"), net.export("V", "T")
    net.take("T", second)
    report = net.take("T", first)
    assert (report.result, report.entries.new) == (receiving.NEW, 0)
    assert report.entries.known == 1
    all_agree(net)


def files_of(pc: PC) -> dict[str, int]:
    """Every file of a data folder with its size, but for the write-ahead log of the database."""
    return {
        str(path.relative_to(pc.home)): path.stat().st_size
        for path in pc.home.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def test_a_bundle_that_is_refused_leaves_nothing(net: Network, tmp_path: Path) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(random.Random(1).randbytes(300_000))
    with net["V"].desk() as desk:
        id = create(desk)
        attachments.attach_to_dispute(desk, seen(desk, id).number, photo)
    (whole,) = net.export("V", "T")
    (for_another,) = net.export("T", "W")
    data = whole.read_bytes()
    dice = random.Random(20260921)
    wrong = tmp_path / "坏的.xfb"
    meddled = [for_another.read_bytes(), data[:-1], data[: len(data) // 2], data + b"x", b""]
    for _ in range(12):
        at = dice.randrange(len(data))
        meddled.append(data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :])
    with net["T"].desk() as desk:
        desk.flush_looks()
    before, files = dump(net["T"]), files_of(net["T"])
    for bad in meddled:
        wrong.write_bytes(bad)
        with pytest.raises(DamagedInput) as caught:
            net.take("T", wrong)
        assert caught.value.sentence and caught.value.mend
        assert dump(net["T"]) == before
        assert files_of(net["T"]) == files
    assert net.take("T", whole).attachments == 1


# --- parts and attachments ---------------------------------------------------------------------


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """One photograph of three pieces and a small one; neither can be packed."""
    found = []
    for number, size in enumerate((2 * PIECE + 70_000, 350_000)):
        path = tmp_path / f"现场{number}.jpg"
        path.write_bytes(random.Random(number).randbytes(size))
        found.append(path)
    return found


@pytest.mark.parametrize("seed", range(2))
def test_parts_are_taken_in_in_any_order(net: Network, seed: int) -> None:
    noise = random.Random(5)
    with net["V"].desk() as desk:
        ids = [create(desk, units=noise.randbytes(15_000).hex()) for _ in range(60)]
        edit(desk, ids[0], people=7)
    paths = net.export("V", "T", budget=400_000)
    assert len(paths) >= 3
    assert all(path.stat().st_size <= 400_000 for path in paths)
    reports = []
    for path in shuffled(paths, seed):
        reports.append(net.take("T", path))
        assert proofs(net["T"]) == []
    assert sum(report.entries.new for report in reports) <= 61
    assert reports[-1].gaps == () and all(here(net["T"], id) for id in ids)
    with net["T"].desk() as desk:
        assert seen(desk, ids[0]).people == 7
    all_agree(net)


@pytest.mark.parametrize("seed", range(2))
def test_an_attachment_comes_in_pieces_across_parts(
    net: Network, photos: list[Path], seed: int
) -> None:
    with net["V"].desk() as desk:
        number = seen(desk, create(desk)).number
        for path in photos:
            attachments.attach_to_dispute(desk, number, path)
    paths = net.export("V", "T", budget=PIECE + 300_000)
    assert len(paths) == 3
    reports = [net.take("T", path) for path in shuffled(paths, seed)]
    assert reports[-1].missing == 0
    assert sum(report.attachments for report in reports) == 2
    assert not (net["T"].home / "pieces").exists()
    with net["T"].desk() as desk:
        found = {b"".join(desk.blobs.stream(sha256)) for sha256 in contents_of(desk)}
    assert found == {path.read_bytes() for path in photos}
    all_agree(net)


def contents_of(desk: Desk) -> list[str]:
    """SHA-256 of the attachments that are registered here."""
    with desk.reading() as conn:
        return list(conn.scalars(select(TABLES["attachment"].c.sha256)))


def test_a_missing_attachment_is_asked_for_and_delivered(net: Network, photos: list[Path]) -> None:
    with net["V"].desk() as desk:
        id = create(desk)
        attachments.attach_to_dispute(desk, seen(desk, id).number, photos[0])
    first, *others = net.export("V", "T", budget=PIECE + 300_000)
    report = net.take("T", first)
    assert report.missing == 1 and here(net["T"], id), "records never wait for a photograph"
    confirm(net["V"], net["T"])  # the entry is known there, so nothing brings the photo along
    net.carry("T", "V")
    with net["T"].desk() as desk:
        assert exchange_status(desk).missing == 1
    report = net.carry("V", "T")
    assert (report.attachments, report.missing) == (1, 0)
    with net["T"].desk() as desk:
        (sha256,) = contents_of(desk)
        assert b"".join(desk.blobs.stream(sha256)) == photos[0].read_bytes()
        assert exchange_status(desk).missing == 0
    assert [net.take("T", path).result for path in others] == [receiving.NEW] * len(others)
    all_agree(net)


def test_what_is_missing_is_passed_on_once_it_is_here(net: Network, photos: list[Path]) -> None:
    with net["V"].desk() as desk:
        id = create(desk)
        attachments.attach_to_dispute(desk, seen(desk, id).number, photos[0])
    paths = net.export("V", "T", budget=PIECE + 300_000)
    net.take("T", paths[0])
    assert net.carry("T", "T2").missing == 1, (
        "T2 learns of it from T, which does not have it either"
    )
    for path in paths[1:]:
        net.take("T", path)
    net.carry("T2", "T")
    assert net.carry("T", "T2").attachments == 1
    all_agree(net)


def test_a_relay_changes_no_byte(net: Network) -> None:
    with net["V"].desk() as desk:
        create(desk)
    net.carry("V", "T")
    net.carry("T", "T2")

    def of_the_village(pc: PC) -> list[tuple[int, bytes]]:
        with pc.reading() as conn:
            query = select(LOG.c.seq, LOG.c.body).where(LOG.c.feed == FEED, LOG.c.site == village)
            return [(row.seq, row.body) for row in conn.execute(query.order_by(LOG.c.seq))]

    village = net["V"].site
    assert of_the_village(net["V"]) == of_the_village(net["T"]) == of_the_village(net["T2"])
    assert of_the_village(net["V"])
