"""What authors may do with accounts: nothing. People and roles are the operator's."""

AUTHOR_PERMISSIONS: list[str] = []
