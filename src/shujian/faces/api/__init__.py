"""The API at ``/api/v1``: the same doors of the rooms as the pages ask, the same rights, masks and records."""
