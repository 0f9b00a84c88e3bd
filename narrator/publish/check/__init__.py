"""The rules of the podcast world, offline: PSP-1, Apple's requirements, the podcast namespace.

    findings = check_show(folder)

Everything is looked at as published, the feed as XML and the files as bytes, so that a mistake in
making them is found as surely as one in the settings.
"""

from narrator.publish.check.finding import Finding
from narrator.publish.check.show import check_show

__all__ = ["Finding", "check_show"]
