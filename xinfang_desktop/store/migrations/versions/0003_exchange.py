"""Exchange: peers, rosters, bundles, the shelf, forks and conflicts; how far each chain was applied.

The version vector follows from the log. A store knows the feed of its own office from now on,
because records of other offices will stand beside its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add what exchange needs; nothing that was there changes."""
    _records()
    _checkpoints()
    _chains()
    _projections()
    _local()
    bind = op.get_bind()
    bind.exec_driver_sql(
        "INSERT INTO vector (feed, site, epoch, seq, hash)"
        " SELECT feed, site, epoch, seq, hash FROM log_entry AS e WHERE seq ="
        " (SELECT max(seq) FROM log_entry AS m"
        "  WHERE m.feed = e.feed AND m.site = e.site AND m.epoch = e.epoch)"
    )
    bind.exec_driver_sql(
        "INSERT INTO meta (key, value)"
        " SELECT 'site.feed', CAST(feed AS BLOB) FROM office ORDER BY id LIMIT 1"
    )


def _records() -> None:
    op.create_table(
        "former_number",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("voided", sa.Integer(), nullable=False),
        sa.Column("of_kind", sa.Text(), nullable=False),
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_former_number_number", "former_number", ["number"], unique=False)


def _checkpoints() -> None:
    """Two branches of one chain may both be signed: the hash joins the key."""
    op.rename_table("checkpoint", "before_0003")
    op.create_table(
        "checkpoint",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("feed", "site", "epoch", "seq", "hash"),
    )
    op.execute("INSERT INTO checkpoint SELECT * FROM before_0003")
    op.drop_table("before_0003")


def _chains() -> None:
    op.create_table(
        "vector",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("feed", "site", "epoch"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fork",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("branch", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("found_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("feed", "site", "epoch", "branch"),
    )
    op.create_table(
        "waiting",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("hlc", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("feed", "site", "epoch", "seq", "hash"),
    )


def _projections() -> None:
    op.create_table(
        "conflict",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", "field"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_conflict_about", "conflict", ["about"], unique=False)
    op.create_table(
        "village_alias",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )


def _local() -> None:
    op.create_table(
        "peer",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("office_code", sa.Text(), nullable=False),
        sa.Column("office_name", sa.Text(), nullable=False),
        sa.Column("office_level", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("feeds", sa.Text(), nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.Column("box", sa.Text(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("known_by", sa.Text(), nullable=False),
        sa.Column("cut", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("ack", sa.Text(), nullable=False),
        sa.Column("ack_epoch", sa.Integer(), nullable=False),
        sa.Column("ack_serial", sa.Integer(), nullable=False),
        sa.Column("want", sa.Text(), nullable=False),
        sa.Column("last_in", sa.Text(), nullable=False),
        sa.Column("last_out", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("site"),
    )
    op.create_table(
        "roster",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("feed"),
    )
    op.create_table(
        "bundle",
        sa.Column("bundle", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("peer", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("bundle", "part", "way"),
    )
    op.create_index("ix_bundle_peer", "bundle", ["peer", "at"], unique=False)
    op.create_table(
        "settled",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("picked", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("token", "at"),
    )
    op.create_table(
        "missing_blob",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "feed"),
    )
