"""The database connection, its types and the embedded PostgreSQL."""
