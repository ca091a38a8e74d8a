"""How long hypothesis tries: `suite` for every run, `prove` for the long ones (`make prove`)."""

import hypothesis

# Machines under load are slow now and then; that is no finding.
SLOW = [hypothesis.HealthCheck.too_slow]
# The same code is tried with the same examples: what one run passes, the next one passes. New ones are drawn
# by the long runs.
hypothesis.settings.register_profile("suite", deadline=None, suppress_health_check=SLOW, derandomize=True)
hypothesis.settings.register_profile("prove", deadline=None, suppress_health_check=SLOW, max_examples=5000)
hypothesis.settings.load_profile("suite")
