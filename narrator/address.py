"""Addresses as they stand in pages and feeds, some of which are none: taken apart without failing."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit


def split_address(address: str) -> SplitResult:
    """The parts of *address*; of what cannot be one, such as "http://[rain", all is path.

    >>> split_address("https://news.example/rain").hostname, split_address("http://[rain").hostname
    ('news.example', None)
    """
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", address, "", "")


def join_address(base: str, address: str) -> str:
    """*address* as it is meant in the page at *base*; unchanged when it cannot be one.

    >>> join_address("https://a.example/2015/", "../rain"), join_address("https://a.example/", "//[rain")
    ('https://a.example/rain', '//[rain')
    """
    try:
        return urljoin(base, address)
    except ValueError:
        return address
