"""The change log as data: entries, canonical JSON, the hash chain, merging. Pure Python."""
