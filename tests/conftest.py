"""Settings of all tests: the same examples on each run, unless HYPOTHESIS_PROFILE=search asks for new ones."""

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

# a busy machine is no fault of the code
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=1000)
# what passes on a pull request must pass again after it: `make fuzz` looks for new examples, and for more, each week
settings.register_profile("house", settings.get_profile("search"), derandomize=True, max_examples=50)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

# Collected tests stay to the end: to look through thousands of them for garbage took a third of the time.
gc.disable()

# Tests of one file share what they make, such as the site, so a worker takes a file whole; long ones come first,
# lest one worker waits for the other at the end.
LONGEST = ("test_tampering", "test_site", "test_run", "test_packaging", "test_house_rules", "test_cli", "test_kemeny")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first; from here on garbage is collected, but seldom."""
    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))
