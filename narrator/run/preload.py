"""Loaded once by the process that workers are forked from, so that none of them has to.

It runs no thread: numpy is told to keep to one (`narrator.sound`), and nothing is read or voiced here.
"""

import narrator.read.assemble
import narrator.run.work  # noqa: F401
from narrator.join import prepare_joining
from narrator.speak import prepare_speaking

prepare_joining()
prepare_speaking(None)
