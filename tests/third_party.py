"""A third-party package for tests: `armada`, in two versions, put together, built and installed aside from the house.

Version 2 is version 1 with the files below `tests/packages/armada/2` laid over it. It goes to a directory of its own, which
the house under test finds by `PYTHONPATH`; the environment that other tests run in never hears of it.
"""

import re
import shutil
import subprocess
import sys

from erpsite.launch.places import ROOT

PACKAGES = ROOT / "tests" / "packages"
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.mo", "build", "*.egg-info")


def source(name, version, folder):
    """Put the source of a version together in a folder; answers the folder."""
    for layer in range(1, version + 1):
        shutil.copytree(PACKAGES / name / str(layer), folder, dirs_exist_ok=True, ignore=LEFT_OUT)
    return folder


def install(project, site):
    """Install a project into a directory by the house's own command, which builds it with its standard backend."""
    aside = ("--no-build-isolation", "--no-deps", "--target", site)
    run(sys.executable, ROOT / "niaga", "pip", "install", "--quiet", *aside, project)


def written_down(document, folder):
    """Write the files that a document shows, each below a line that begins with its path; answers the commands."""
    text = document.read_text()
    files = re.findall(
        r"^`([\w./]+\.\w+)`[^\n]*\n\n```\w+\n(.*?)^```", text, re.DOTALL | re.MULTILINE
    )
    for name, content in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    return re.findall(r"^(\./niaga .*)$", text, re.MULTILINE)


def make_editable(project, name, site):
    """What `pip install --editable` does, for a directory of our own: the package is found, and its metadata."""
    (site / name).symlink_to(project / name)
    write = "import sys; from setuptools.build_meta import prepare_metadata_for_build_wheel as p; p(sys.argv[1])"
    apart = project / "metadata"
    apart.mkdir()
    run(sys.executable, "-c", write, apart, cwd=project)
    [metadata] = apart.glob("*.dist-info")
    shutil.copytree(metadata, site / metadata.name)


def run(*words, **options):
    """Run a program; what it said is told where it fails."""
    done = subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, check=False, **options
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout
