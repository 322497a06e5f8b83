"""What all tables share."""

from sqlalchemy import MetaData, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def open_only(column: str) -> dict[str, object]:
    """A partial unique index: at most one row per key while `column` is still empty."""
    where = text(f"{column} IS NULL")
    return {"unique": True, "sqlite_where": where, "postgresql_where": where}
