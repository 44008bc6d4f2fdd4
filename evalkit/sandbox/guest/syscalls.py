"""The system calls that a program may make, with Linux's numbers for x86-64 and 64-bit Arm."""

from __future__ import annotations

# name: (x86-64, aarch64); None where an architecture has no such call
ALLOWED: dict[str, tuple[int, int | None]] = {
    "read": (0, 63), "write": (1, 64), "futex": (202, 98), "close": (3, 57), "openat": (257, 56), "fstat": (5, 80),
    "newfstatat": (262, 79), "lseek": (8, 62), "mmap": (9, 222), "munmap": (11, 215), "mprotect": (10, 226),
    "brk": (12, 214), "madvise": (28, 233), "mremap": (25, 216), "mincore": (27, 232), "pread64": (17, 67),
    "readv": (19, 65), "writev": (20, 66), "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139), "sigaltstack": (131, 132), "getpid": (39, 172), "gettid": (186, 178),
    "getppid": (110, 173), "getuid": (102, 174), "geteuid": (107, 175), "getgid": (104, 176), "getegid": (108, 177),
    "getresuid": (118, 148), "getresgid": (120, 150), "getgroups": (115, 158), "getpgid": (121, 155),
    "getsid": (124, 156), "uname": (63, 160), "clock_gettime": (228, 113), "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115), "nanosleep": (35, 101), "gettimeofday": (96, 169), "getrandom": (318, 278),
    "getcwd": (79, 17), "readlinkat": (267, 78), "faccessat": (269, 48), "faccessat2": (439, 439), "statx": (332, 291),
    "getdents64": (217, 61), "dup": (32, 23), "dup3": (292, 24), "pipe2": (293, 59), "ppoll": (271, 73),
    "pselect6": (270, 72), "epoll_create1": (291, 20), "epoll_ctl": (233, 21), "epoll_pwait": (281, 22),
    "eventfd2": (290, 19), "exit": (60, 93), "exit_group": (231, 94), "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123), "getrusage": (98, 165), "sysinfo": (99, 179), "times": (100, 153),
    "setitimer": (38, 103), "getitimer": (36, 102), "set_robust_list": (273, 99), "get_robust_list": (274, 100),
    "set_tid_address": (218, 96), "rseq": (334, 293), "restart_syscall": (219, 128), "membarrier": (324, 283),
    "umask": (95, 166), "recvfrom": (45, 207), "shutdown": (48, 210), "getsockname": (51, 204),
    "getpeername": (52, 205), "getsockopt": (55, 209), "setsockopt": (54, 208), "getpriority": (140, 141),
    "getrlimit": (97, 163), "stat": (4, None), "lstat": (6, None), "open": (2, None), "access": (21, None),
    "pipe": (22, None), "select": (23, None), "poll": (7, None), "dup2": (33, None), "readlink": (89, None),
    "getpgrp": (111, None), "time": (201, None), "alarm": (37, None), "pause": (34, None), "epoll_wait": (232, None),
    "epoll_create": (213, None), "arch_prctl": (158, None),
}  # fmt: skip
CHECKED = {
    "kill": (62, 129), "tgkill": (234, 131), "tkill": (200, 130), "prlimit64": (302, 261), "clone": (56, 220),
    "clone3": (435, 435), "socketpair": (53, 199), "sendto": (44, 206), "ioctl": (16, 29), "prctl": (157, 167),
    "fcntl": (72, 25),
}  # fmt: skip
PROCESSORS = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column above, the kernel's name for it
SECCOMP = (317, 277)  # the call that puts the rest in force
