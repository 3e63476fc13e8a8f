"""Use cases, one verb each: permission, one transaction, what changed."""
