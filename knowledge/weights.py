"""The fitted weights: data beside the scheme, read from JSON, summed as whole numbers so that every machine agrees."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from math import exp, sqrt
from pathlib import Path
from typing import Any

ZERO = 80
"""The level that stands for weight 0; one level up or down is `step`. There are 0..160."""
ALPHABET = "".join(chr(c) for c in range(35, 300) if chr(c).isprintable() and chr(c) not in '\\"')[: 2 * ZERO + 1]
"""The character of each level: none that JSON would escape."""
_LEVEL = {ord(char): level for level, char in enumerate(ALPHABET)}
_LANE = 4
"""Bytes for one output's running sum: room for 26 million features."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A small linear model over a handful of numbers; `names` says which, for whoever reads the file."""

    names: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float

    def __call__(self, values: Mapping[str, float]) -> float:
        """The logit; what is not among the values is 0."""
        return self.bias + sum(w * values.get(name, 0.0) for name, w in zip(self.names, self.weights, strict=True))


@dataclass(frozen=True, slots=True)
class Weights:
    """What `calibrate` learned. `outputs`: measures, themes (A, B, C) and verdicts, one lane each in every feature's row."""

    outputs: tuple[str, ...]
    bias: tuple[float, ...]
    step: float
    features: Mapping[str, str]
    layers: Mapping[str, Layer]
    known: frozenset[str]
    report: Mapping[str, Any]
    _packed: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def logits(self, keywords: Set[str], words: Set[str]) -> dict[str, float]:
        """Each output's logit for a text's features; word features are weighed by how many there are."""
        loud, quiet = self._sum(keywords), self._sum(words)
        scale = self.step / sqrt(max(1, len(words)))
        return {
            name: bias + self.step * a + scale * b for name, bias, a, b in zip(self.outputs, self.bias, loud, quiet, strict=True)
        }

    def worth(self, features: Iterable[str], output: str) -> float:
        """What the features together are worth to one output."""
        lane, rows = self.outputs.index(output), self.features
        return self.step * sum(_LEVEL[ord(rows[f][lane])] - ZERO for f in features if f in rows)

    def _sum(self, names: Iterable[str]) -> list[int]:
        total = met = 0
        packed, features = self._packed, self.features
        for name in names:
            value = packed.get(name)
            if value is None:
                row = features.get(name)
                if row is None:
                    continue
                value = packed[name] = self._pack(row)
            total += value
            met += 1
        raw = total.to_bytes(_LANE * (len(self.outputs) + 1), "little")
        less = ZERO * met
        return [int.from_bytes(raw[i : i + _LANE], "little") - less for i in range(0, len(raw) - _LANE, _LANE)]

    @staticmethod
    def _pack(row: str) -> int:
        wide = bytearray(_LANE * len(row))
        wide[::_LANE] = row.translate(_LEVEL).encode("latin-1")
        return int.from_bytes(wide, "little")


def encode_row(levels: Iterable[int]) -> str:
    """A feature's row as text: one character an output, levels -80..80 (more is cut off)."""
    return "".join(ALPHABET[min(max(level, -ZERO), ZERO) + ZERO] for level in levels)


def sigmoid(logit: float) -> float:
    """A probability from a logit, never an overflow."""
    return 1 / (1 + exp(-logit)) if logit > -700 else 0.0


def load_weights(path: Path) -> Weights | None:
    """The weights kept at `path`, or None where there are none: the matcher then goes by weight classes alone."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return from_data(data)


def from_data(data: Mapping[str, Any]) -> Weights:
    """Weights from the plain data of `to_data`."""
    return Weights(
        outputs=tuple(data["outputs"]),
        bias=tuple(data["bias"]),
        step=data["step"],
        features=data["features"],
        layers={k: Layer(tuple(v["names"]), tuple(v["weights"]), v["bias"]) for k, v in data["layers"].items()},
        known=frozenset(data["known"].split()),
        report=data["report"],
    )


def to_data(weights: Weights) -> dict[str, Any]:
    """Plain data for JSON, sorted and rounded: the same examples give the same file."""
    return {
        "report": dict(weights.report),
        "outputs": list(weights.outputs),
        "bias": list(weights.bias),
        "step": weights.step,
        "layers": {
            k: {"names": list(v.names), "weights": list(v.weights), "bias": v.bias} for k, v in sorted(weights.layers.items())
        },
        "known": " ".join(sorted(weights.known)),
        "features": dict(sorted(weights.features.items())),
    }
