"""How long hypothesis tries: `suite` for every run, `prove` for the long ones (`make prove`)."""

import hypothesis

# Machines under load are slow now and then; that is no finding.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.register_profile("prove", deadline=None, max_examples=5000)
hypothesis.settings.load_profile("suite")
