"""The network address a request came from, as throttles and lockouts count it."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104  an address nobody has, for a socket without one


def client_address(request: HttpRequest) -> str:
    """The visitor's address; of an IPv6 address its /64 network, which is what one household or school has.

    Behind a proxy it is the last entry of X-Forwarded-For, the one our own proxy wrote: a visitor can forge
    all the earlier ones.
    """
    said = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        said = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or said
    try:
        address = ip_address(said)
    except ValueError:
        return UNKNOWN
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, 64), strict=False).network_address)
