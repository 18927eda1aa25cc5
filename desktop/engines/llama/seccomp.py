"""Linux seccomp: system calls that an engine has no use for are refused by the kernel.

The filter is a program for the kernel's packet filter machine; see seccomp(2). Refused calls fail
with an error instead of ending the process, so that llama.cpp and Python can carry on.
"""

import ctypes
import errno
import os
import platform
from collections.abc import Sequence

from desktop.engines.llama.landlock import no_new_privileges

_SET_SECCOMP, _MODE_FILTER = 22, 2
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
_X32 = 0x40000000  # calls of the x32 interface start here
_NEWEST = 463  # calls that are newer than this filter do not exist for it

_THREAD = 0x00010000  # CLONE_THREAD
_WRITING = os.O_WRONLY | os.O_RDWR | getattr(os, "O_CREAT", 0) | getattr(os, "O_TRUNC", 0)

# name: (x86-64, aarch64), None where there is no such call; from the kernel's syscall tables.
_REFUSED: dict[str, tuple[int | None, int | None]] = {
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200),
    "listen": (50, 201), "accept": (43, 202), "accept4": (288, 242), "sendto": (44, 206),
    "recvfrom": (45, 207), "sendmsg": (46, 211), "recvmsg": (47, 212), "sendmmsg": (307, 269),
    "recvmmsg": (299, 243),
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424),
    "tkill": (200, 130), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "creat": (85, None), "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276),
    "mkdir": (83, None), "mkdirat": (258, 34), "rmdir": (84, None), "unlink": (87, None),
    "unlinkat": (263, 35), "link": (86, None), "linkat": (265, 37), "symlink": (88, None),
    "symlinkat": (266, 36), "mknod": (133, None), "mknodat": (259, 33), "chmod": (90, None),
    "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None),
    "lchown": (94, None), "fchown": (93, 55), "fchownat": (260, 54), "truncate": (76, 45),
    "ftruncate": (77, 46), "utime": (132, None), "utimes": (235, None), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "removexattr": (197, 14),
    "open_by_handle_at": (304, 265), "memfd_create": (319, 279), "memfd_secret": (447, 447),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "unshare": (272, 97), "setns": (308, 268), "open_tree": (428, 428), "move_mount": (429, 429),
    "fsopen": (430, 430), "init_module": (175, 105), "finit_module": (313, 273),
    "kexec_load": (246, 104), "bpf": (321, 280), "perf_event_open": (298, 241),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "userfaultfd": (323, 282), "personality": (135, 92), "shmget": (29, 194), "msgget": (68, 186),
    "semget": (64, 190), "mq_open": (240, 180), "reboot": (169, 142),
}  # fmt: skip
_SPECIAL = {
    # checked by their arguments, or to be taken for missing so that the C library asks otherwise
    "open": (2, None), "openat": (257, 56), "openat2": (437, 437), "clone": (56, 220),
    "clone3": (435, 435), "kill": (62, 129), "tgkill": (234, 131),
}  # fmt: skip
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}


class _Instruction(ctypes.Structure):
    _fields_ = [
        ("code", ctypes.c_uint16),
        ("if_true", ctypes.c_uint8),
        ("if_false", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    ]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("code", ctypes.POINTER(_Instruction))]


_Step = tuple[int, int, int, int]


def restrict() -> None:
    """Put the filter in force for this thread and all that it starts.

    Raises OSError when the kernel refuses, or on a processor whose calls are not known here.
    """
    if platform.machine() not in _MACHINES:
        raise OSError(f"no filter for {platform.machine()}")
    steps = _filter(*_MACHINES[platform.machine()])
    code = (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))
    program = _Program(len(steps), code)
    no_new_privileges()
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _filter(column: int, architecture: int) -> list[_Step]:
    """Return the program: this architecture only, then each call, then "allowed"."""
    special = {name: numbers[column] for name, numbers in _SPECIAL.items()}
    steps: list[_Step] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        *_when((_AT_LEAST, _X32), errno.EPERM),
        *_when((_AT_LEAST, _NEWEST), errno.ENOSYS),
        *_when((_EQUAL, special["clone3"]), errno.ENOSYS),
        *_when((_EQUAL, special["openat2"]), errno.ENOSYS),
    ]
    for numbers in _REFUSED.values():
        steps += _when((_EQUAL, numbers[column]), errno.EPERM)
    steps += _unless_argument(special["clone"], 0, (_ANY_BIT, _THREAD))
    for name, place in (("open", 1), ("openat", 2)):
        steps += _when_argument(special[name], place, (_ANY_BIT, _WRITING))
    for name in ("kill", "tgkill"):
        steps += _unless_argument(special[name], 0, (_EQUAL, os.getpid()))
    return [*steps, (_RETURN, 0, 0, _ALLOW)]


def _when(test: tuple[int, int | None], error: int) -> Sequence[_Step]:
    """Refuse when the loaded value passes the test."""
    code, value = test
    if value is None:
        return ()
    return (code, 0, 1, value), (_RETURN, 0, 0, _ERRNO | error)


def _when_argument(number: int | None, place: int, test: tuple[int, int]) -> Sequence[_Step]:
    """Refuse a call when the low half of an argument passes the test."""
    if number is None:
        return ()
    refuse = _when(test, errno.EPERM)
    return _with_argument(number, place, refuse)


def _unless_argument(number: int | None, place: int, test: tuple[int, int]) -> Sequence[_Step]:
    """Refuse a call unless the low half of an argument passes the test."""
    if number is None:
        return ()
    code, value = test
    refuse = ((code, 1, 0, value), (_RETURN, 0, 0, _ERRNO | errno.EPERM))
    return _with_argument(number, place, refuse)


def _with_argument(number: int, place: int, refuse: Sequence[_Step]) -> Sequence[_Step]:
    inside = ((_LOAD, 0, 0, _ARGUMENTS + 8 * place), *refuse, (_LOAD, 0, 0, _NUMBER))
    return (_EQUAL, 0, len(inside), number), *inside
