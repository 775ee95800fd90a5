"""From how many people on something is shown, in one place."""

SHOWN_FROM = 6  # below, the response box alone (P15)
PUBLISHED_FROM = 10  # below, "do not publish" (P15)
PERCENT_FROM = 20  # below, counts alone (R1)
FACES_UP_TO = 20  # one face a person; above, bars (R7)
POOLED_FROM = 30  # below, no pooled average of a scale (R3)
QUALITY_FROM = 10  # below, no quality indicators (M16)
