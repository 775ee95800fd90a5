"""Yes (1) or no (0); the two words stand once in the survey file, in [[yesno]]."""

from kiosk.survey.kinds.kind import Kind, no_own_options

KIND = Kind(
    name="yesno",
    read_options=no_own_options,
    options=lambda survey, item: survey.yesno,
    ordinal=False,
    for_participants=True,
    needs="yesno",
)
