"""Merge of concurrent writes: what nobody replaced stands, and more than one is a conflict.

Each field of a record has **heads** (并存的写入): the writes that no other write names among its
bases. One head is the value; several with different values are a conflict that a person settles by
a write whose bases are all of them. Causality decides; the clock only picks which value is shown
meanwhile (EXCHANGE, "Bases" and "Merge, per kind of data").
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NamedTuple

from ..domain.records import Bases, Json, Stamp
from .canonical import canonical_of_checked
from .clock import Hlc
from .ops import FieldWrite


class InRow(Enum):
    """Stands for the value of a field's only head: the row itself holds it."""

    HERE = "in row"


class Head(NamedTuple):
    """One write that nobody replaced."""

    stamp: Stamp
    hlc: Hlc
    value: Json = InRow.HERE


Heads = tuple[Head, ...]  # by stamp
Seen = Callable[[Stamp], bool]


@dataclass(frozen=True, slots=True)
class FieldHeads:
    """The heads of one field, and writes known to be replaced that have not arrived yet."""

    heads: Heads = ()
    awaited: frozenset[Stamp] = frozenset()

    @property
    def shown(self) -> Head | None:
        """The head whose value is shown: the latest by the clock, by stamp where clocks agree."""
        return max(self.heads, key=lambda head: (head.hlc, head.stamp), default=None)

    @property
    def conflict(self) -> bool:
        """Whether a person has to choose: several heads and not all of one value."""
        return any(not _equal(head.value, self.heads[0].value) for head in self.heads[1:])


def _equal(left: Json, right: Json) -> bool:
    return type(left) is type(right) and bool(left == right)


def _never(_: Stamp) -> bool:
    return False


def apply_write(
    field: FieldHeads, write: Head, bases: Iterable[Stamp], seen: Seen = _never
) -> FieldHeads:
    """Take one write in; every order of arrival ends in the same heads.

    A base that is no head was either replaced before (``seen`` says so: the store's version
    vector) or has yet to arrive, and is then awaited so that it never becomes a head.
    The same write taken in twice changes nothing while it is a head.
    """
    replaced = frozenset(bases) - {write.stamp}
    present = {head.stamp for head in field.heads}
    kept = [h for h in field.heads if h.stamp not in replaced and h.stamp != write.stamp]
    if write.stamp not in field.awaited or not kept:
        kept.append(write)
    awaited = field.awaited - {write.stamp}
    missing = replaced - present
    if missing:
        awaited |= {stamp for stamp in missing if not seen(stamp)}
    return FieldHeads(tuple(sorted(kept, key=lambda head: head.stamp)), awaited)


class Void(NamedTuple):
    """A voiding (作废) and every write its author had seen of the record."""

    stamp: Stamp
    bases: tuple[Stamp, ...]


CREATION, AWAITED, VOIDS = "*", "?", "!"  # keys of the compact form; no field is named so


@dataclass(frozen=True, slots=True)
class RecordHeads:
    """Heads of all fields of one record.

    The write that created the record (the one without bases) is kept once, in ``creation``; it is
    the head of every field that ``fields`` does not name. Values are kept only while a field has
    several heads; else the row holds the value. Where ``several`` sites made the same record, no
    write stands for the whole and every field is spelled out.
    """

    creation: Head | None = None
    fields: Mapping[str, FieldHeads] = field(default_factory=dict)
    voids: tuple[Void, ...] = ()
    several: bool = False

    def of(self, name: str) -> FieldHeads:
        """The heads of one field."""
        found = self.fields.get(name)
        if found is not None:
            return found
        return FieldHeads((self.creation,)) if self.creation else FieldHeads()

    def write(
        self,
        writes: Mapping[str, FieldWrite],
        stamp: Stamp,
        hlc: Hlc,
        row: Mapping[str, Json],
        seen: Seen = _never,
    ) -> tuple[RecordHeads, dict[str, Json]]:
        """Take in one operation's writes; returns the new heads and what each field now shows.

        ``row`` holds the plain values shown so far (nothing for a record that is new here); a
        write without bases speaks of every field. ``seen`` says which entries were applied before
        this one (not which exist); without it a base that is no head any more stays noted, which
        is never wrong and a little longer.
        """
        created = not any(write.bases for write in writes.values())
        if created and self.creation is None and not self.fields:
            shown = {name: write[0] for name, write in writes.items()}
            return RecordHeads(Head(stamp, hlc), {}, self.voids), shown
        before = self._made(Head(stamp, hlc), row) if created else self
        fields, shown = dict(before.fields), {}
        for name, (value, bases) in writes.items():
            after = apply_write(before.of(name), Head(stamp, hlc, value), bases, seen)
            after = _valued(after, row.get(name))
            latest = after.shown
            assert latest is not None
            shown[name] = latest.value
            fields[name] = _bare(after)
            if before.creation and fields[name] == FieldHeads((before.creation,)):
                del fields[name]
        return replace(before, fields=fields), shown

    def _made(self, creation: Head, row: Mapping[str, Json]) -> RecordHeads:
        """Ready for a first writing of a record that is there already.

        It is the one that the writes which came before it name, or another site made it too.
        """
        if self.creation is None and not self.several:
            return replace(self, creation=creation)
        return RecordHeads(None, {name: self.of(name) for name in row}, self.voids, several=True)

    def renamed(self, name: Callable[[Stamp], Stamp]) -> RecordHeads:
        """With every stamp called by another name (the record lives in another feed now)."""

        def head(old: Head) -> Head:
            return old._replace(stamp=name(old.stamp))

        def one(old: FieldHeads) -> FieldHeads:
            heads = sorted(map(head, old.heads), key=lambda each: each.stamp)
            return FieldHeads(tuple(heads), frozenset(map(name, old.awaited)))

        return RecordHeads(
            self.creation and head(self.creation),
            {field: one(each) for field, each in self.fields.items()},
            tuple(
                sorted(Void(name(v.stamp), tuple(sorted(map(name, v.bases)))) for v in self.voids)
            ),
            self.several,
        )

    @property
    def unsettled(self) -> bool:
        """Whether anything about it may need a person: several heads of a field, or a voiding."""
        return bool(self.voids) or any(len(each.heads) > 1 for each in self.fields.values())

    def with_value(self, name: str, old: Json, new: Json) -> RecordHeads:
        """With another way to write one value of a field's standing writes."""
        field = self.of(name)
        heads = tuple(h._replace(value=new) if h.value == old else h for h in field.heads)
        return replace(self, fields={**self.fields, name: replace(field, heads=heads)})

    def void(self, stamp: Stamp, bases: Iterable[Stamp]) -> RecordHeads:
        """Take in a voiding; it hides nothing and may come more than once."""
        voids = {void.stamp: void for void in self.voids}
        voids[stamp] = Void(stamp, tuple(sorted(set(bases))))
        return replace(self, voids=tuple(voids[key] for key in sorted(voids)))

    def bases(self, names: Iterable[str]) -> Bases:
        """What a reader of these fields saw: the bases of a change to them."""
        whole = (self.creation.stamp,) if self.creation else ()
        found = {name: tuple(h.stamp for h in each.heads) for name, each in self.fields.items()}
        return {name: found.get(name, whole) for name in names}

    def stamps(self) -> tuple[Stamp, ...]:
        """Every standing write: the bases of a voiding by somebody who sees the record now."""
        heads = {head.stamp for each in self.fields.values() for head in each.heads}
        if self.creation:
            heads.add(self.creation.stamp)
        return tuple(sorted(heads))

    def conflicts(self) -> dict[str, Heads]:
        """The fields a person has to decide (冲突), each with all its writes."""
        return {name: each.heads for name, each in self.fields.items() if each.conflict}

    def agreements(self) -> dict[str, Heads]:
        """Fields that several people set to one value: shown once, joined by one click."""
        return {
            name: each.heads
            for name, each in self.fields.items()
            if len(each.heads) > 1 and not each.conflict
        }

    def written_after_void(self) -> tuple[str, ...]:
        """Fields with a write that no voiding had seen (作废后仍有修改)."""
        if not self.voids:
            return ()
        known = {stamp for void in self.voids for stamp in (void.stamp, *void.bases)}
        if self.creation:
            known.add(self.creation.stamp)
        return tuple(
            sorted(
                name
                for name, each in self.fields.items()
                if any(head.stamp not in known for head in each.heads)
            )
        )

    def dump(self) -> str:
        """Compact JSON; equal heads give equal text."""
        plain: dict[str, Json] = {}
        if self.creation or self.several:
            plain[CREATION] = _head_out(self.creation) if self.creation else []
        for name, each in self.fields.items():
            plain[name] = [_head_out(head) for head in each.heads]
        awaited = {n: sorted(each.awaited) for n, each in self.fields.items() if each.awaited}
        if awaited:
            plain[AWAITED] = awaited
        if self.voids:
            plain[VOIDS] = self.voids
        return canonical_of_checked(plain).decode()

    @classmethod
    def load(cls, text: str) -> RecordHeads:
        """Read back what ``dump`` wrote; the empty text is a record nobody wrote."""
        plain = json.loads(text) if text else {}
        whole = plain.pop(CREATION, None)
        awaited = plain.pop(AWAITED, {})
        voids = plain.pop(VOIDS, ())
        return cls(
            _head_in(whole) if whole else None,
            {
                name: FieldHeads(
                    tuple(map(_head_in, heads)),
                    frozenset(Stamp(*stamp) for stamp in awaited.get(name, ())),
                )
                for name, heads in plain.items()
            },
            tuple(Void(Stamp(*stamp), tuple(Stamp(*b) for b in bases)) for stamp, bases in voids),
            several=whole == [],
        )


def _valued(field: FieldHeads, value: Json) -> FieldHeads:
    """With the row's value filled in where it was left to the row."""
    heads = (h._replace(value=value) if h.value is InRow.HERE else h for h in field.heads)
    return replace(field, heads=tuple(heads))


def _bare(field: FieldHeads) -> FieldHeads:
    """With the only head's value left to the row."""
    if len(field.heads) != 1:
        return field
    return replace(field, heads=(field.heads[0]._replace(value=InRow.HERE),))


def _head_out(head: Head) -> list[Json]:
    plain = [*head.stamp, *head.hlc]
    return plain if head.value is InRow.HERE else [*plain, head.value]


def _head_in(plain: list[Json]) -> Head:
    site, epoch, seq, ms, counter, *value = plain
    return Head(Stamp(site, epoch, seq), Hlc(ms, counter), *value)
