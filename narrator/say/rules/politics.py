"""Tags of party and state after a politician's name."""

from __future__ import annotations

import re

from narrator.say.rule import Match, Tongue, rule


@rule(
    r" ?\((?P<party>{parties})\.?(?:[-–, ]+(?P<state>(?:{state_names}|{state_codes}))\.?)?\)(?P<comma>,?)",
    starts=r" (",
)
def party_tag(match: Match, tongue: Tongue) -> str | None:
    """ "(R-Tex.)", "(D)", "(Lab)"."""
    party = tongue.tables["parties"][match["party"]]
    state = match["state"]
    if not state:
        return None if match["party"] in {"I"} else f", {party},"
    name = tongue.tables["state_names"].get(state) or tongue.tables["state_codes"][state]
    return f", {party}, {name},"


@rule(r"(?P<party>[RDI])-(?P<state>{state_names}|{state_codes})(?![\w-])\.?", starts="RDI")
def bare_party_tag(match: Match, tongue: Tongue) -> str | None:
    """ "R-Texas" between commas."""
    name = tongue.tables["state_names"].get(match["state"]) or tongue.tables["state_codes"][match["state"]]
    return f"{tongue.tables['parties'][match['party']]}, {name}" + (
        "." if re.match(r"$", match.string[match.end() :]) and match[0].endswith(".") else ""
    )


RULES = (party_tag, bare_party_tag)
