"""A third-party package for tests: `armada`, in two versions, put together, built and installed aside from the house.

Version 2 is version 1 with the files below `tests/packages/armada/2` laid over it. It goes to a directory of its own, which
the house under test finds by `PYTHONPATH`; the environment that other tests run in never hears of it.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from erpsite.launch.places import ROOT

PACKAGES = ROOT / "tests" / "packages"
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.mo", "build", "*.egg-info")


def source(name, version, folder):
    """Put the source of a version together in a folder; answers the folder."""
    for layer in range(1, version + 1):
        shutil.copytree(PACKAGES / name / str(layer), folder, dirs_exist_ok=True, ignore=LEFT_OUT)
    return folder


def install(project, site):
    """Build a project's wheel with its standard backend and install it into a directory, as pip would."""
    shutil.rmtree(project / "build", ignore_errors=True)
    wheels = project / "dist"
    shutil.rmtree(wheels, ignore_errors=True)
    run(
        *(
            sys.executable,
            "-c",
            "import sys; from setuptools.build_meta import build_wheel as b; b(sys.argv[1])",
        ),
        wheels,
        cwd=project,
    )
    [wheel] = wheels.glob("*.whl")
    installer = _installer()
    run(*installer, "--quiet", "--no-deps", "--no-index", "--upgrade", "--target", site, wheel)
    return wheel


def _installer():
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv:
        return [uv, "pip", "install", "--python", sys.executable, "--reinstall"]
    return [sys.executable, "-m", "pip", "install"]


def run(*words, **options):
    """Run a program; what it said is told where it fails."""
    done = subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, check=False, **options
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout
