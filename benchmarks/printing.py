"""To come."""


def figures(bench):
    return []
