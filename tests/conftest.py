"""Settings of all tests: the same examples on each run, unless HYPOTHESIS_PROFILE=search asks for new ones."""

import os

from hypothesis import HealthCheck, settings

# a busy machine is no fault of the code
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=1000)
# what passes on a pull request must pass again after it: new examples are looked for by `make fuzz`
settings.register_profile("house", settings.get_profile("search"), derandomize=True, max_examples=100)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))
