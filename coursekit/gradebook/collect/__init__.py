"""From a download to one folder of tables and a list of problems."""
