"""Hours, as boards write them."""

from decimal import Decimal


def written(hours: Decimal) -> Decimal:
    """Return the same number of hours without idle zeros: 1.00 is 1, 1.50 is 1.5, 10.00 is 10."""
    whole = hours.to_integral_value()
    return whole if hours == whole else hours.normalize()
