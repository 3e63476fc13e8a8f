"""The benchmarks: how long a clerk waits for what."""
