"""Models to JSON and back."""

import subprocess
import sys
import textwrap

TWO_THREADS = textwrap.dedent(
    """
    import sys
    from dataclasses import make_dataclass
    from threading import Barrier, Thread
    from narrator.models.json import from_json

    sys.setswitchinterval(1e-6)
    for _ in range(150):
        kind = int
        for depth in range(12):
            kind = make_dataclass(f"Level{depth}", [("inside", kind), ("name", str, "")], frozen=True)
        data = b'{"inside":' * 12 + b"7" + b"}" * 12
        start = Barrier(4)
        def work():
            start.wait()
            assert from_json(data, kind).inside.inside
        threads = [Thread(target=work) for _ in range(4)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
    print("well")
    """
)


def test_a_type_that_threads_read_for_the_first_time_at_once_does_not_crash() -> None:
    done = subprocess.run([sys.executable, "-c", TWO_THREADS], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "well\n"), done.stderr[-500:]
