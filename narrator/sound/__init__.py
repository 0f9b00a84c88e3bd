"""Samples: cutting and levelling, measuring, decoding. Signed 16-bit little-endian mono throughout.

``pcm`` edits (the only pydub import), ``energy`` measures and ``limiter`` levels (numpy), ``ffmpeg``
decodes and resamples, ``heap`` keeps memory flat.
Nothing is imported here, because each of them costs start-up time that few commands need.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""For numpy, before it is imported: with more threads the sums of `energy` would depend on the number of
cores in their last digit, and starting the threads takes longer than all the sums of an episode."""
