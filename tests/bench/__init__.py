"""The benchmark: measures the real kiosk, beside the bars of the design and of its peers."""
