"""The windows (PySide6): widgets, layout, wiring; no rules, no SQL, no files."""
