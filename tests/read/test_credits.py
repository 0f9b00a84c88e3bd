"""Names and credits behind a caption."""

import pytest

from narrator.read.credits import cut_name
from narrator.read.markers import read_markers


@pytest.mark.parametrize(
    ("caption", "said"),
    [
        ("The boats lay at the gate all day. Ann Bell", "The boats lay at the gate all day."),
        ("The gate was opened by the Minister of Works, Engr. Ann Bell", None),
        ("… Ann Bell", None),
        (". Ann Bell", None),
    ],
    ids=["name-behind-a-sentence", "title-before-a-name", "ellipsis-alone", "full-stop-alone"],
)
def test_a_name_alone_is_cut_only_behind_a_sentence(caption, said):
    assert cut_name(caption, read_markers("en")) == (said or caption)
