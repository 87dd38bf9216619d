"""The page on which a person marks free text, and the server that shows it."""
