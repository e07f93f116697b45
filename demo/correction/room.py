"""The corrections room of the made-up township, opened and filled."""

from . import aftercare, daily, ends, opening, subjects


def load(env):
    """Create what the demo township has in the room; called once, when all of the addon is
    installed."""
    if "zh_CN" in dict(env["res.lang"].get_installed()):
        # What the steps log stays for good.
        env = env(context={**env.context, "lang": "zh_CN"})
    opening.load(env)
    people = subjects.load(env)
    daily.load(env, people)
    aftercare.load(env, ends.load(env, people))
