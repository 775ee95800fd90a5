"""The facilitator's pages: run a workshop, never see an answer (P14)."""
