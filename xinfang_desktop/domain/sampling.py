"""Drawing a sample that anybody can draw again (随机抽样): by a stated seed, weighted, without repeats.

Each thing gets the key ln(u) / weight, where u in (0, 1) is made of SHA-256 over the seed and its
number; the highest keys are drawn. The result depends on no library's random numbers and on no
order of the input. Source: Efraimidis and Spirakis, "Weighted random sampling with a reservoir",
Information Processing Letters 97 (2006).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from hashlib import sha256


def draw(weights: Mapping[str, float], count: int, seed: str) -> tuple[str, ...]:
    """At most ``count`` of these names, the first drawn first. Weights must be above 0."""
    ranked = sorted(weights, key=lambda name: (-_key(name, weights[name], seed), name))
    return tuple(ranked[:count])


def _key(name: str, weight: float, seed: str) -> float:
    digest = sha256(f"{seed}\n{name}".encode()).digest()
    u = (int.from_bytes(digest[:8]) + 1) / (2**64 + 2)
    return math.log(u) / weight
