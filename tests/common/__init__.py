from .base import TownshipCase
