"""What the tests of the whole house share."""

import pytest


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A directory that the servers' account can enter, for this file's tests alone."""
    place = tmp_path_factory.mktemp("home")
    for folder in (place, *place.parents[:2]):  # pytest's own are closed to the servers' account
        folder.chmod(folder.stat().st_mode | 0o011)
    return place
