"""The one entry for people who develop 信访台 (开发入口). Standard library only.

    python3 dev.py run          make everything ready and open the practice office
    python3 dev.py test         lint, types, import contracts, every test
    python3 dev.py lint         the same without the tests
    python3 dev.py bench        the benchmarks
    python3 dev.py screenshots  drive the main job and keep its pictures at 100 % and 200 %
    python3 dev.py forms        every printed form, full and blank, as pictures and one sheet
    python3 dev.py package      build the program and let the built program test itself
    python3 dev.py lock         resolve pyproject.toml again and write .lock/

Runs on Linux and Windows with Python 3.11 or newer; keeps its environment in ``.venv``.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCKS = ROOT / ".lock"
OUT = ROOT / "out"
STAMP = VENV / ".ready"
WINDOWS = sys.platform == "win32"
LINUX = sys.platform.startswith("linux")
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")

SCREEN = (1366, 768)
"""The screen of the office PCs we care most about, in pixels."""

LIBRARIES = (
    # (what the linker asks for, the Debian package that brings it)
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libfreetype.so.6", "libfreetype6"),
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-randr.so.0", "libxcb-randr0"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-render.so.0", "libxcb-render0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-shm.so.0", "libxcb-shm0"),
    ("libxcb-sync.so.1", "libxcb-sync1"),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    ("libxcb-xinerama.so.0", "libxcb-xinerama0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
)
CHINESE_FONT = "fonts-wqy-microhei"

OTHER_SYSTEMS = (
    # (package manager, command that installs the same things there)
    (
        "dnf",
        "sudo dnf install mesa-libEGL mesa-libGL libX11-xcb dbus-libs fontconfig xcb-util-cursor"
        " xcb-util-wm xcb-util-image xcb-util-keysyms xcb-util-renderutil libxkbcommon-x11"
        " krb5-libs google-noto-sans-cjk-fonts xorg-x11-server-Xvfb",
    ),
    (
        "zypper",
        "sudo zypper install Mesa-libEGL1 Mesa-libGL1 libX11-xcb1 libdbus-1-3 fontconfig"
        " libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0"
        " libxkbcommon-x11-0 noto-sans-cjk-fonts xorg-x11-server-Xvfb",
    ),
    (
        "pacman",
        "sudo pacman -S libglvnd mesa libx11 dbus fontconfig xcb-util-cursor xcb-util-wm"
        " xcb-util-image xcb-util-keysyms xcb-util-renderutil libxkbcommon-x11 noto-fonts-cjk"
        " xorg-server-xvfb",
    ),
)


class Trouble(Exception):
    """Something a person has to mend; the text says what, in Chinese and English."""


def say(chinese: str, english: str) -> None:
    """Tell the person at the keyboard what is going on."""
    print(f"· {chinese}\n  {english}", flush=True)


def call(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    quiet: bool = False,
) -> int:
    """Run a command in the checkout and return its status."""
    words = [str(word) for word in command]
    if not quiet:
        print("$ " + " ".join(words), flush=True)
    return subprocess.run(words, cwd=ROOT, env=dict(env or child_env()), check=False).returncode


def child_env(**extra: str) -> dict[str, str]:
    """The environment of what we start: UTF-8 everywhere, our ``.venv`` first."""
    env = dict(os.environ, PYTHONUTF8="1", VIRTUAL_ENV=str(VENV), PIP_DISABLE_PIP_VERSION_CHECK="1")
    env.pop("PYTHONHOME", None)
    env["PATH"] = str(BIN) + os.pathsep + env.get("PATH", "")
    env.update(extra)
    return env


# --- the system underneath -------------------------------------------------------------------


def debian_like() -> bool:
    """Whether packages come by apt here (Debian, Ubuntu, Deepin, UOS, Kylin)."""
    return LINUX and Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def become_root() -> list[str] | None:
    """The words before a command that needs root, or ``None`` where we may not."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if (
        sudo
        and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return [sudo, "-n"]
    return None


def loads(library: str) -> bool:
    """Whether the linker finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font() -> bool:
    """Whether fontconfig knows a font with Chinese in it."""
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    listed = subprocess.run([lister, ":lang=zh-cn", "file"], capture_output=True, check=False)
    return bool(listed.stdout.strip())


def has_screen() -> bool:
    """Whether a window can be shown (Windows and macOS always say yes)."""
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_packages(*, virtual_screen: bool) -> list[str]:
    """Debian names of what Qt needs and this system lacks."""
    lacking = [package for library, package in LIBRARIES if not loads(library)]
    if not has_chinese_font():
        lacking += ["fontconfig", CHINESE_FONT]
    if virtual_screen and shutil.which("Xvfb") is None:
        lacking += ["xvfb", "xauth"]
    return lacking


def apt_install(packages: Sequence[str]) -> bool:
    """Install Debian packages; false where we may not. Raises ``Trouble`` where apt fails."""
    prefix = become_root()
    if prefix is None:
        return False
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    say(f"安装系统软件包:{' '.join(packages)}", "Installing system packages")
    quiet = ["-qq", "-o=Dpkg::Use-Pty=0", "-o=Acquire::Retries=3"]
    call([*prefix, "apt-get", "update", *quiet], env=env)
    if call(
        [*prefix, "apt-get", "install", "-y", "--no-install-recommends", *quiet, *packages], env=env
    ):
        raise Trouble(
            "系统软件包没有装上。请检查网络和软件源,再执行:sudo apt-get update && "
            f"sudo apt-get install {' '.join(packages)}\n"
            "apt-get failed; check the network and the package sources, then run the line above."
        )
    return True


def prepare_system(*, virtual_screen: bool) -> None:
    """Bring the libraries and the font that Qt needs, or name the exact command."""
    if not LINUX:
        return
    lacking = missing_packages(virtual_screen=virtual_screen)
    if not lacking:
        return
    if debian_like():
        if not apt_install(lacking):
            say(
                f"缺少系统软件包,请执行:sudo apt-get install {' '.join(lacking)}",
                "System packages are missing; run the line above, then this command again",
            )
        return
    for manager, command in OTHER_SYSTEMS:
        if shutil.which(manager):
            say(f"可能缺少系统软件包,请执行:{command}", f"{manager}: packages may be missing")
            return
    say(
        f"请用本系统的软件管理器安装(以下为 Debian 的名称):{' '.join(lacking)}",
        "Install the equivalents of these Debian packages",
    )


# --- the environment of the project ----------------------------------------------------------


def make_venv() -> None:
    """Make ``.venv`` where it is missing or does not start."""
    if PYTHON.exists() and call([PYTHON, "-c", "import pip"], quiet=True) == 0:
        return
    if importlib.util.find_spec("ensurepip") is None:
        wanted = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not (debian_like() and apt_install([wanted])):
            raise Trouble(
                "这个 Python 没有 venv 模块。Debian/Ubuntu/UOS/麒麟请执行:"
                f"sudo apt-get install {wanted}(或 python3-venv)\n"
                "This Python has no ensurepip; install the package named above."
            )
    say("建立虚拟环境 .venv", "Making the virtual environment")
    if call([sys.executable, "-m", "venv", "--clear", VENV]):
        raise Trouble("虚拟环境没有建成。请删除 .venv 文件夹后再试。\nRemove .venv and try again.")


def fingerprint(locks: Sequence[str]) -> str:
    """What an installed environment must match: locks, Python, and who we are."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for lock in locks:
        digest.update((LOCKS / lock).read_bytes())
    digest.update((ROOT / "pyproject.toml").read_bytes())
    return digest.hexdigest()


def install(locks: Sequence[str]) -> None:
    """Install what the locks name, and the project itself in place. Quick when nothing changed."""
    make_venv()
    wanted = {lock: fingerprint([lock]) for lock in locks}
    with contextlib.suppress(OSError, ValueError):
        ready = json.loads(STAMP.read_text("utf-8"))
        if all(ready.get(lock) == mark for lock, mark in wanted.items()):
            return
    say("安装已锁定的依赖(第一次需要几分钟)", "Installing the locked dependencies")
    pip = [str(PYTHON), "-m", "pip", "install", "--no-input", "--quiet"]
    requirements = [word for lock in locks for word in ("-r", str(LOCKS / lock))]
    if call([*pip, *requirements]):
        raise Trouble(
            "依赖没有装全。请检查网络;单位内网请先设置本地镜像(pip config set global.index-url …),"
            "再运行一次,已下载的不会重复下载。\n"
            "pip failed: check the network, or point pip at your mirror, and run this again."
        )
    if call([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]):
        raise Trouble("项目没有装入 .venv(见上)。\nThe project could not be installed, see above.")
    STAMP.write_text(json.dumps(wanted), "utf-8")


RUN_LOCKS = ("run.txt",)
DEV_LOCKS = ("run.txt", "dev.txt")


def prepare(*, development: bool, virtual_screen: bool = False) -> None:
    """Everything before anything: system packages, environment, project."""
    prepare_system(virtual_screen=virtual_screen)
    install(DEV_LOCKS if development else RUN_LOCKS)


# --- a screen where there is none ------------------------------------------------------------


@contextlib.contextmanager
def virtual_screen(width: int, height: int) -> Iterator[dict[str, str]]:
    """A virtual X screen of this many pixels; gives the environment to use it with."""
    server = shutil.which("Xvfb")
    if server is None:
        raise Trouble(
            "没有屏幕,也没有 Xvfb。请执行:sudo apt-get install xvfb\n"
            "There is no screen and no Xvfb; install it and run this again."
        )
    reader, writer = os.pipe()
    with tempfile.TemporaryDirectory(prefix="xinfang-screen-") as runtime:
        process = subprocess.Popen(
            [
                *(server, "-displayfd", str(writer), "-nolisten", "tcp"),
                *("-screen", "0", f"{width}x{height}x24"),
            ],
            pass_fds=(writer,),
            stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        try:
            with os.fdopen(reader) as pipe:
                number = pipe.readline().strip()
            if not number:
                raise Trouble("虚拟屏幕没有启动。\nXvfb did not start.")
            yield child_env(
                DISPLAY=f":{number}",
                QT_QPA_PLATFORM="xcb",
                XDG_RUNTIME_DIR=runtime,
                LANG=os.environ.get("LANG") or "C.UTF-8",
            )
        finally:
            process.terminate()
            process.wait()


def tour(folder: Path, *, scale: int = 1, program: Sequence[str | Path] = ()) -> int:
    """Drive the main job through the real windows on a virtual screen; pictures go to folder.

    ``program`` is the built one; without it the checkout is shown.
    """
    width, height = (side * scale for side in SCREEN)
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    with virtual_screen(width, height) as env:
        env["QT_SCALE_FACTOR"] = str(scale)
        words = program or (PYTHON, "-m", "xinfang_desktop")
        return call([*words, "--tour", folder], env=env)


# --- verbs -----------------------------------------------------------------------------------


def run(_options: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Open the practice office, or show it on a virtual screen where there is none."""
    screen = has_screen()
    prepare(development=False, virtual_screen=not screen)
    if screen:
        say("打开练习单位", "Opening the practice office")
        return call([PYTHON, "-m", "xinfang_desktop", "--practice"])
    folder = OUT / "demo"
    say(
        "这里没有屏幕:改用虚拟屏幕,由程序自己走一遍主要流程",
        "No screen here: the program drives its main job by itself on a virtual one",
    )
    status = tour(folder)
    pictures, papers = (len(list(folder.rglob(kind))) for kind in ("*.png", "*.pdf"))
    if status == 0:
        say(
            f"完成:{pictures} 张截图、{papers} 份文书在 {folder}",
            f"Done: {pictures} screenshots and {papers} PDFs in {folder}",
        )
    else:
        say(
            f"演示没有走完;走到哪里看 {folder} 里最后一张截图",
            "The tour stopped; its last picture shows where",
        )
    return status


CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ruff check", ("ruff", "check", ".")),
    ("ruff format", ("ruff", "format", "--check", ".")),
    ("mypy", ("mypy",)),
    ("lint-imports", ("lint-imports",)),
    ("deptry", ("deptry", ".")),
)


def checks(more: Sequence[tuple[str, tuple[str, ...]]] = (), **env: str) -> int:
    """Run every check, say at the end which failed. 0 only when none did."""
    failed = []
    for name, words in (*CHECKS, *more):
        started = time.monotonic()
        status = call([BIN / words[0], *words[1:]], env=child_env(**env))
        print(f"  {name}: {time.monotonic() - started:.1f} s", flush=True)
        if status:
            failed.append(name)
    if failed:
        say(f"没有通过:{', '.join(failed)}", "These checks failed")
        return 1
    say("全部通过", "Everything passed")
    return 0


def lint(_options: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Style, types, import contracts, unused dependencies."""
    install(DEV_LOCKS)
    return checks()


def test(options: argparse.Namespace, rest: Sequence[str]) -> int:
    """Lint and every test; ``--deep`` adds the slow ones."""
    prepare(development=True)
    pytest = ["pytest", *rest] if options.deep else ["pytest", "-m", "not deep", *rest]
    return checks([("pytest", tuple(pytest))], QT_QPA_PLATFORM="offscreen")


def bench(_options: argparse.Namespace, rest: Sequence[str]) -> int:
    """The benchmarks of the ``xinfang`` command."""
    prepare(development=True)
    return call([PYTHON, "-m", "xinfang_desktop", "bench", *rest])


def screenshots(_options: argparse.Namespace, _rest: Sequence[str]) -> int:
    """The tour's pictures at 100 % and 200 %."""
    prepare(development=False, virtual_screen=True)
    status = 0
    for scale in (1, 2):
        folder = OUT / "screenshots" / f"{scale * 100}"
        status = tour(folder, scale=scale) or status
        say(f"截图在 {folder}", "Pictures are there")
    return status


def forms(_options: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Every printed form, full and blank, as pictures, and one sheet with all of them."""
    prepare(development=True)
    folder = OUT / "forms"
    status = call([PYTHON, "-m", "tests.printing.contact_sheet", folder])
    say(f"文书的图片在 {folder}", "Pictures of the forms are there")
    return status


def package(_options: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Build the program for this system into dist/ and let the built program prove itself."""
    prepare(development=True, virtual_screen=LINUX)
    spec = ROOT / "build_installer.spec"
    if call([PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", spec]):
        raise Trouble("没有打成包(见上)。\nPyInstaller failed, see above.")
    program = ROOT / "dist" / "xinfang" / ("xinfang.exe" if WINDOWS else "xinfang")
    with tempfile.TemporaryDirectory(prefix="xinfang-selftest-") as home:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
        clean.update(XINFANG_DATA=home, QT_QPA_PLATFORM="offscreen")
        status = call([program, "--json", "selftest"], env=clean)
    if status == 0 and LINUX:
        status = tour(OUT / "packaged", program=[program])
    if status == 0:
        say(f"打好并自检通过:{program.parent}", "Built, and the built program tested itself")
    return status


def lock(_options: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Resolve pyproject.toml again and write the locks; review the difference before a commit."""
    import tomllib  # Python 3.11; imported here so that an older one still gets our sentence

    make_venv()
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = list(declared["project"]["dependencies"]) + declared["build-system"]["requires"]
    runtime = resolve(wanted)
    everything = resolve([*wanted, *declared["dependency-groups"]["dev"]])
    head = "# Written by `python3 dev.py lock`; do not edit.\n"
    LOCKS.mkdir(exist_ok=True)
    development = {name: line for name, line in everything.items() if name not in runtime}
    development.update(WINDOWS_ONLY)
    for path, lines in (("run.txt", runtime), ("dev.txt", development)):
        text = head + "".join(f"{line}\n" for _, line in sorted(lines.items()))
        (LOCKS / path).write_text(text, "utf-8")
    say("已写入 .lock/", "Written")
    return 0


WINDOWS_ONLY = {
    # what only Windows asks for, so that a lock made on Linux holds there too
    "colorama": "colorama==0.4.6 ; sys_platform == 'win32'",
    "pefile": "pefile==2023.2.7 ; sys_platform == 'win32'",
    "pywin32-ctypes": "pywin32-ctypes==0.2.3 ; sys_platform == 'win32'",
}


def resolve(requirements: Sequence[str]) -> dict[str, str]:
    """Name → ``name==version`` of everything that these requirements need, by pip."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
    answer = subprocess.run(
        [*command, "--report", "-", *requirements],
        capture_output=True,
        check=False,
        env=child_env(),
    )
    if answer.returncode:
        raise Trouble(answer.stderr.decode("utf-8", "replace"))
    found = [entry["metadata"] for entry in json.loads(answer.stdout)["install"]]
    return {m["name"].lower(): f"{m['name']}=={m['version']}" for m in found}


VERBS: dict[str, Callable[[argparse.Namespace, Sequence[str]], int]] = {
    verb.__name__: verb for verb in (run, test, lint, bench, screenshots, forms, package, lock)
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the first word says."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if sys.version_info < (3, 11):  # noqa: UP036 - an older one shall say so, not fail
        print(
            "需要 Python 3.11 或更高版本;这里是 " + sys.version.split()[0] + "。\n"
            "Python 3.11 or newer is needed.",
            file=sys.stderr,
        )
        return 2
    parser = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("verb", choices=VERBS)
    parser.add_argument("--deep", action="store_true", help="test: the slow tests too")
    options, rest = parser.parse_known_args(arguments)
    try:
        return VERBS[options.verb](options, rest)
    except Trouble as trouble:
        print(f"✗ {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
