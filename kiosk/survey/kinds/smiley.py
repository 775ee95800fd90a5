"""Five faces, 1 (very sad) to 5 (very happy), with words under each; one scale for all items."""

from kiosk.survey.kinds.kind import Kind, no_own_options

KIND = Kind(
    name="smiley",
    read_options=no_own_options,
    options=lambda survey, item: survey.scale.options,
    ordinal=True,
    needs="scale",
    for_participants=True,
)
