"""From a collected folder to grades, feedback pages and problems."""
