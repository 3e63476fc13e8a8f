"""In which states of a matter a step may be taken (时机): the sets that several steps share."""

HANDLED = ("S40", "S45")
"""办理中, with or without extension."""

TO_SERVICE = (
    "S10",
    "S15",
    "S20",
    "S25",
    "S30",
    "S31",
    "S40",
    "S45",
    "S50",
    "S55",
    "S60",
    "S65",
    "S70",
)
"""S10 … S70: everything before the end of the ordinary course."""

AT_WORK = ("S20", "S30", "S31", *HANDLED)
TOLD = ("T1", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T11")
"""Ends after which people may still be talked to and told (疏导、帮扶 continue)."""

RECORDABLE = (*TO_SERVICE, "S75", "S80", "S85", "S88", *TOLD)
