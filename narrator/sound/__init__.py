"""Samples: cutting and levelling, measuring, decoding. Signed 16-bit little-endian mono throughout.

``pcm`` edits (the only pydub import), ``energy`` measures and ``limiter`` levels (numpy), ``ffmpeg``
decodes and resamples, ``heap`` keeps memory flat.
Nothing is imported here, because each of them costs start-up time that few commands need.
"""
