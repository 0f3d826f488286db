"""What PostgreSQL is set to, so that its log says nothing of votes; also in docker-compose.yml."""

# A statement in the log of the server would say who voted what, and when.
SILENT = {
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_error_statement": "panic",
    "track_commit_timestamp": "off",
}
