"""Where the benchmarks keep what takes long to make."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "benchmarks"
STARTER = ROOT / "resources" / "starter" / "fireside-guide.gguf"
