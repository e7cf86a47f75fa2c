"""What the tests of the whole house share."""

import shutil
import tempfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def home():
    """A directory that the servers' account can enter, for this file's tests alone.

    Not one of pytest's: those lie below a directory that only its owner may enter.
    """
    place = Path(tempfile.mkdtemp(prefix="niaga-home-"))
    place.chmod(0o711)
    yield place
    shutil.rmtree(place, ignore_errors=True)
