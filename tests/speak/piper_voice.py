"""A tiny Piper voice: a real ONNX model whose every phoneme is a tone of its own.

Each phoneme id lasts 2,048 samples times the length scale, at 22,050 Hz; its pitch is 100 Hz plus 5 Hz
for each step of its id, and 60 Hz more for each speaker. It tells its alignments.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

SAMPLES_PER_PHONEME = 2048
RATE_HZ = 22_050


def build_voice(folder: Path, name: str = "en_GB-tiny-medium", *, speakers: int = 1) -> Path:
    """Write model and settings of the voice; what comes back is the model."""
    import onnx
    from onnx import TensorProto, helper
    from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

    def constant(name: str, values: list[float] | list[int], kind: int) -> onnx.TensorProto:
        return helper.make_tensor(name, kind, [len(values)], values)

    initial = [
        constant("one", [1], TensorProto.INT64),
        helper.make_tensor("per_phoneme", TensorProto.FLOAT, [], [float(SAMPLES_PER_PHONEME)]),
        helper.make_tensor("zero", TensorProto.FLOAT, [], [0.0]),
        helper.make_tensor("step", TensorProto.FLOAT, [], [1.0]),
        helper.make_tensor("at_one", TensorProto.INT64, [], [1]),
        constant("turn", [2 * math.pi / RATE_HZ], TensorProto.FLOAT),
        constant("hz", [5.0], TensorProto.FLOAT),
        constant("base_hz", [100.0], TensorProto.FLOAT),
        constant("speaker_hz", [60.0], TensorProto.FLOAT),
        constant("loud", [0.5], TensorProto.FLOAT),
        constant("hop", [256.0], TensorProto.FLOAT),
        constant("last", [2], TensorProto.INT64),
        constant("flat", [1, 1, -1], TensorProto.INT64),
    ]
    node = helper.make_node
    nodes = [
        node("Gather", ["scales", "at_one"], ["length"]),
        node("Mul", ["per_phoneme", "length"], ["samples"]),
        node("Range", ["zero", "samples", "step"], ["ramp"]),
        node("Cast", ["input"], ["ids"], to=TensorProto.FLOAT),
        node("Mul", ["ids", "hz"], ["above"]),
        node("Add", ["above", "base_hz"], ["pitch_one"]),
        *(
            [
                node("Cast", ["sid"], ["who"], to=TensorProto.FLOAT),
                node("Mul", ["who", "speaker_hz"], ["higher"]),
                node("Add", ["pitch_one", "higher"], ["pitch"]),
            ]
            if speakers > 1
            else [node("Identity", ["pitch_one"], ["pitch"])]
        ),
        node("Unsqueeze", ["pitch", "last"], ["column"]),
        node("Mul", ["ramp", "turn"], ["time"]),
        node("Mul", ["column", "time"], ["phase"]),
        node("Sin", ["phase"], ["wave"]),
        node("Mul", ["wave", "loud"], ["quiet"]),
        node("Reshape", ["quiet", "flat"], ["output"]),
        node("Div", ["samples", "hop"], ["hops"]),
        node("Shape", ["ids"], ["shape"]),
        node("Expand", ["hops", "shape"], ["durations"]),
    ]
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, "n"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    if speakers > 1:
        inputs.append(helper.make_tensor_value_info("sid", TensorProto.INT64, [1]))
    outputs = [
        helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, "samples_out"]),
        helper.make_tensor_value_info("durations", TensorProto.FLOAT, [1, "n"]),
    ]
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, initial)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    path = folder / f"{name}.onnx"
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))
    settings = {
        "audio": {"sample_rate": RATE_HZ},
        "espeak": {"voice": "en-us"},
        "language": {"code": name.partition("-")[0]},
        "phoneme_type": "espeak",
        "num_symbols": 256,
        "num_speakers": speakers,
        "speaker_id_map": {f"speaker{n}": n for n in range(speakers)} if speakers > 1 else {},
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
        "hop_length": 256,
    }
    path.with_name(path.name + ".json").write_text(json.dumps(settings), encoding="utf-8")
    return path
