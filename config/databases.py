"""Copies of a whole database, out and in: SQLite by its own backup, PostgreSQL by pg_dump and pg_restore."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Protocol

from django.db import connection, transaction


class DatabaseError(Exception):
    """The database could not be copied or put back. The message is for the operator."""


class Copier(Protocol):
    """What each kind of database offers."""

    def copy_out(self, file: Path) -> dict[str, int]:
        """Write a consistent copy while the site runs; returns how many rows each table has in it."""

    def put_back(self, file: Path) -> None:
        """Replace everything in the database by the copy."""


def copier() -> Copier:
    """The one for the site's database."""
    return Sqlite() if connection.vendor == "sqlite" else Postgresql()


def is_empty() -> bool:
    """Whether the database has no table at all."""
    return not connection.introspection.table_names()


def rows() -> dict[str, int]:
    """How many rows each table has now."""
    with connection.cursor() as cursor:
        return count_rows(
            sorted(connection.introspection.table_names(cursor)), cursor.execute, cursor.fetchone
        )


def count_rows(
    tables: list[str], execute: Callable[[str], object], fetch: Callable[[], tuple[int, ...] | None]
) -> dict[str, int]:
    """How many rows each of the tables has; names are quoted."""
    counted = {}
    for table in tables:
        execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our tables
        counted[table] = (fetch() or (0,))[0]
    return counted


class Sqlite:
    """SQLite's backup API waits for writers and copies what is committed."""

    def copy_out(self, file: Path) -> dict[str, int]:
        connection.ensure_connection()
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
            self._check(copy, "The copy")
            cursor = copy.cursor()
            tables = sorted(connection.introspection.table_names())
            return count_rows(tables, cursor.execute, cursor.fetchone)

    def put_back(self, file: Path) -> None:
        with closing(sqlite3.connect(file)) as copy:
            self._check(copy, "The backup's database")
            connection.ensure_connection()
            copy.backup(connection.connection)
        connection.close()

    @staticmethod
    def _check(copy: sqlite3.Connection, name: str) -> None:
        try:
            found = copy.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as fault:
            found = str(fault)
        if found != "ok":
            raise DatabaseError(f"{name} is damaged: {found}.")


class Postgresql:
    """pg_dump and pg_restore; both must be of the server's version or newer."""

    def copy_out(self, file: Path) -> dict[str, int]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]  # what pg_dump sees is what is counted here
            self._run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={file}")
            return rows()

    def put_back(self, file: Path) -> None:
        self._run("pg_restore", "--list", str(file))  # readable, before anything is dropped
        with transaction.atomic(), connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
        name = connection.settings_dict["NAME"]
        self._run("pg_restore", "--exit-on-error", "--single-transaction", f"--dbname={name}", str(file))

    @staticmethod
    def _run(program: str, *arguments: str) -> None:
        if shutil.which(program) is None:
            raise DatabaseError(f"{program} is not installed. As root: apt-get install -y postgresql-client")
        settings = connection.settings_dict
        _, environment = connection.client.settings_to_cmd_args_env(settings, [])
        names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGDATABASE": "NAME"}
        places = {name: str(settings[key]) for name, key in names.items() if settings[key]}
        done = subprocess.run(  # noqa: S603 - the command lines are our own
            [program, "--no-owner", "--no-privileges", *arguments],
            env={**os.environ, **(environment or {}), **places},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise DatabaseError(f"{program} failed: {done.stderr.strip()}")
