"""Distances on the earth."""

from math import asin, cos, radians, sin, sqrt

_RADIUS_KM = 6371.0088
"""The mean radius of the earth (IUGG)."""


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres along a great circle between two points, given as latitude and longitude in degrees (haversine)."""
    lat, lon, lat2, lon2 = map(radians, (*one, *other))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * _RADIUS_KM * asin(min(1.0, sqrt(half)))
