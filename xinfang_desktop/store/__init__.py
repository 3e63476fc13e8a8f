"""The encrypted store: SQLAlchemy on SQLCipher, the change log, projections, keys and blobs."""
