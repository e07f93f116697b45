from hypothesis import HealthCheck, settings

from .base import TownshipCase

# A busy machine is no failure: nothing here is timed.
settings.register_profile(
    "unhurried", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")
