"""What is signed, and how a key is read out."""

from __future__ import annotations

from hashlib import sha256

from xinfang_desktop.journal.signing import checkpoint_text, fingerprint


def test_a_fingerprint_is_eight_groups_of_five_digits_of_the_hash() -> None:
    public = bytes(range(32))
    digest = sha256(public).digest()
    groups = fingerprint(public).split(" ")
    assert len(groups) == 8
    assert all(len(each) == 5 and each.isdecimal() for each in groups)
    assert int(groups[0]) == int.from_bytes(digest[:4], "big") % 100_000
    assert int(groups[7]) == int.from_bytes(digest[28:], "big") % 100_000
    assert fingerprint(bytes(32)) != fingerprint(public)


def test_a_checkpoint_covers_feed_epoch_number_and_hash() -> None:
    assert checkpoint_text("local:a", 2, 256, "ab") == b"local:a\n2\n256\nab"
