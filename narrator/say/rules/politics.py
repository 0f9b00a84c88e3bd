"""Tags of party and state after a politician's name."""

from __future__ import annotations

from narrator.say.rule import Match, Tongue, rule


@rule(
    r" ?\((?P<party>{parties})\.?"
    r"(?:[-–, ]+(?P<state>(?:{state_names}|{state_codes}))\.?"
    r"|(?:-|(?<=\w\w), |(?<=\w\w\.), )(?P<place>[A-Z][\w ’'-]+))?\)(?P<comma>,?)",
    starts=r" (",
    opening=r" ?\(",
)
def party_tag(match: Match, tongue: Tongue) -> str | None:
    """Such as "(R-Tex.)", "(D)", "(Lab)", "(Con, Hull North)"."""
    party = tongue.tables["parties"][match["party"]]
    state = match["state"]
    if match["place"]:
        return f", {party}, {match['place']},"
    if not state:
        return None if match["party"] in {"I"} else f", {party},"
    name = tongue.tables["state_names"].get(state) or tongue.tables["state_codes"][state]
    return f", {party}, {name},"


@rule(r"(?P<party>[RDI])-(?P<state>{state_names}|{state_codes})(?![\w-])\.?", starts="RDI", opening="[RDI]-")
def bare_party_tag(match: Match, tongue: Tongue) -> str | None:
    """Such as "R-Texas" between commas."""
    name = tongue.tables["state_names"].get(match["state"]) or tongue.tables["state_codes"][match["state"]]
    stop = "." if match[0].endswith(".") and match.end() == len(match.string) else ""
    return f"{tongue.tables['parties'][match['party']]}, {name}{stop}"


RULES = (party_tag, bare_party_tag)
