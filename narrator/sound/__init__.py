"""Samples: cutting and levelling, measuring, decoding. Signed 16-bit little-endian mono throughout.

``pcm`` edits (the only pydub import), ``energy`` measures (numpy), ``ffmpeg`` decodes and resamples.
Nothing is imported here, because each of them costs start-up time that few commands need.
"""
