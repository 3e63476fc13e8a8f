"""Bundles (数据包): what offices without a network pass to each other as files.

The container and its seals, cards and rosters of sites, what to send and what to take in. Works on
log entries as ``journal`` knows them; never sees the store.
"""
