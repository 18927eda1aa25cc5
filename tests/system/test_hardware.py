"""What is read of this computer, and of the limits put on this process."""

from pathlib import Path

import psutil
import pytest

from desktop.system import cgroups, processor
from desktop.system.cgroups import MemoryLimit
from desktop.system.hardware import read_hardware

GIB = 2**30


def write(root: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return root


def test_this_computer_has_cores_and_memory() -> None:
    found = read_hardware()
    assert 1 <= found.physical_cores <= found.logical_cores <= (psutil.cpu_count() or 1)
    assert 0 < found.memory_available <= found.memory_total <= psutil.virtual_memory().total
    assert found.machine
    assert list(found.features) == sorted(set(found.features))


def test_without_groups_there_is_no_limit(tmp_path: Path) -> None:
    assert cgroups.memory(tmp_path) == MemoryLimit(None, None)
    assert cgroups.cpu_quota(tmp_path) is None


def test_version_2_takes_the_tightest_group_on_the_way_up(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "proc/self/cgroup": "0::/user/app\n",
            "sys/fs/cgroup/user/app/memory.max": "max\n",
            "sys/fs/cgroup/user/app/memory.current": "1",
            "sys/fs/cgroup/user/memory.max": f"{8 * GIB}\n",
            "sys/fs/cgroup/user/memory.current": f"{5 * GIB}\n",
            "sys/fs/cgroup/user/memory.stat": f"anon 1\ninactive_file {2 * GIB}\n",
            "sys/fs/cgroup/user/app/cpu.max": "150000 100000\n",
            "sys/fs/cgroup/user/cpu.max": "max 100000\n",
        },
    )
    assert cgroups.memory(root) == MemoryLimit(8 * GIB, 5 * GIB)
    assert cgroups.cpu_quota(root) == 2


def test_version_1_is_read_from_its_controllers(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "proc/self/cgroup": "5:memory:/docker/x\n4:cpu,cpuacct:/docker/x\n1:name=systemd:/\n",
            "sys/fs/cgroup/memory/docker/x/memory.limit_in_bytes": f"{4 * GIB}\n",
            "sys/fs/cgroup/memory/docker/x/memory.usage_in_bytes": f"{GIB}\n",
            "sys/fs/cgroup/memory/memory.limit_in_bytes": f"{2**63 - 4096}\n",
            "sys/fs/cgroup/memory/memory.usage_in_bytes": f"{GIB}\n",
            "sys/fs/cgroup/cpu/docker/x/cpu.cfs_quota_us": "400000\n",
            "sys/fs/cgroup/cpu/docker/x/cpu.cfs_period_us": "100000\n",
            "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
            "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
        },
    )
    assert cgroups.memory(root) == MemoryLimit(4 * GIB, 3 * GIB)
    assert cgroups.cpu_quota(root) == 4


@pytest.mark.parametrize("content", ["", "nonsense", "0::", "::::", "0::/../../..\n"])
def test_strange_files_are_no_limit(tmp_path: Path, content: str) -> None:
    root = write(
        tmp_path,
        {
            "proc/self/cgroup": content,
            "sys/fs/cgroup/memory.max": "many\n",
            "sys/fs/cgroup/cpu.max": "1 0\n",
        },
    )
    assert cgroups.memory(root) == MemoryLimit(None, None)
    assert cgroups.cpu_quota(root) is None


def test_features_go_by_llama_cpps_names(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"flags": "fpu pni sse4_2 avx2 hypervisor", "Features": ""}
    monkeypatch.setattr(processor.sys, "platform", "linux")
    monkeypatch.setattr(processor, "_cpuinfo", lambda key: told.get(key, ""))
    assert processor.features() == ("avx2", "sse3", "sse4_2")
