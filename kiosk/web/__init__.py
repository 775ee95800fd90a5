"""HTTP: the participant's pages and the facilitator's. Neither can open an envelope."""
