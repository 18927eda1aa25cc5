"""The processor's name and the instruction sets that decide which kernels llama.cpp picks."""

import ctypes
import platform
import subprocess
import sys
from pathlib import Path

_INTERESTING = (
    "sse3 ssse3 sse4_1 sse4_2 avx avx2 f16c fma bmi2 avx_vnni avxvnni avx512f avx512bw avx512vl"
    " avx512_vnni avx512vnni avx512_bf16 amx_tile amx_int8 amx_bf16"
    " neon asimd asimdhp asimddp dotprod fp16 i8mm sve sve2 sme bf16"
)

# PF_* numbers: learn.microsoft.com, IsProcessorFeaturePresent
_WINDOWS_FEATURES = {
    13: "sse3",
    36: "ssse3",
    37: "sse4_1",
    38: "sse4_2",
    39: "avx",
    40: "avx2",
    41: "avx512f",
    19: "neon",
    43: "dotprod",
}


def features() -> tuple[str, ...]:
    """Return the instruction sets that matter here, sorted, by the system's names for them."""
    if sys.platform == "linux":
        found = _from_cpuinfo("flags", "Features")
    elif sys.platform == "darwin":
        found = _from_sysctl()
    elif sys.platform == "win32":
        present = ctypes.windll.kernel32.IsProcessorFeaturePresent
        found = {name for number, name in _WINDOWS_FEATURES.items() if present(number)}
    else:
        found = set[str]()
    return tuple(sorted(found.intersection(_INTERESTING.split())))


def name() -> str:
    """Return the processor's trade name, "" when the system does not tell."""
    if sys.platform == "linux":
        return _cpuinfo("model name") or platform.machine()
    if sys.platform == "darwin":
        return _sysctl("machdep.cpu.brand_string")
    return platform.processor()


def _from_cpuinfo(*keys: str) -> set[str]:
    return {"sse3" if w == "pni" else w for key in keys for w in _cpuinfo(key).split()}


def _cpuinfo(key: str) -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    for line in text.splitlines():
        found, _, value = line.partition(":")
        if found.strip() == key:
            return value.strip()
    return ""


def _from_sysctl() -> set[str]:
    """Intel Macs list features in two keys; Apple's chips have one key per feature."""
    words = f"{_sysctl('machdep.cpu.features')} {_sysctl('machdep.cpu.leaf7_features')}"
    found = {w.lower().replace(".", "_").replace("avx1_0", "avx") for w in words.split()}
    if platform.machine() == "arm64":
        found.add("neon")
        names = {"FEAT_DotProd": "dotprod", "FEAT_I8MM": "i8mm", "FEAT_BF16": "bf16"}
        found |= {n for key, n in names.items() if _sysctl(f"hw.optional.arm.{key}") == "1"}
    return found


def _sysctl(key: str) -> str:
    try:
        told = subprocess.run(
            ["/usr/sbin/sysctl", "-n", key], capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return told.stdout.strip()
