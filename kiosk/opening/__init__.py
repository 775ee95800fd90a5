"""The researcher's side: making keys and opening envelopes. The kiosk's side never imports it."""
