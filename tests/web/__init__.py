"""The pages, fetched without a browser."""
