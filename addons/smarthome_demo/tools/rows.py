"""Rows made by PostgreSQL itself: INSERT ... SELECT over a series."""

from odoo.tools import SQL


class Rows:
    """Inserts rows whose columns are expressions of their number ``i``.

    Expressions name in braces what is known: ``{uid}``, ``{now}``, the first identifier of a table
    by the table's name, and whatever else stands in ``values``.
    """

    def __init__(self, env):
        env.flush_all()
        self.env = env
        self.values = {"uid": str(env.uid), "now": "(now() AT TIME ZONE 'UTC')::timestamp(0)"}

    def insert(self, table, count, columns, source=None):
        """Insert rows numbered ``i`` from 0.

        :param table: its name
        :param count: how many rows
        :param columns: expressions by column; ``{name}`` stands for what is known already
        :param source: a FROM clause instead of the plain series
        :return: the identifier before that of row 0
        """
        query = SQL("SELECT COALESCE(max(id), 0) + 1 FROM %s", SQL.identifier(table))
        self.env.cr.execute(query)
        base = self.env.cr.fetchone()[0]
        self.values[table] = str(base)
        columns = {"id": f"{base} + i", **self._get_required(table, columns), **columns}
        if table not in ("mail_followers",):
            columns.update(
                create_uid="{uid}", write_uid="{uid}", create_date="{now}", write_date="{now}"
            )
        expressions = ", ".join(self.say(text) for text in columns.values())
        source = self.say(source or "generate_series(0, {last}) AS i", last=str(count - 1))
        # foreign keys are checked by plans from when the tables were small: they read them whole
        self.run("DISCARD PLANS")
        self.run(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {expressions} FROM {source}")
        self.run(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")
        return base

    def _get_required(self, table, columns):
        """What addons that may be there require besides, at the defaults of their fields."""
        model = self.env.get(table.replace("_", "."))
        if model is None:
            return {}
        query = SQL(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
            "AND is_nullable = 'NO' AND column_default IS NULL AND column_name <> 'id'",
            table,
        )
        names = [name for (name,) in self.env.execute_query(query) if name not in columns]
        defaults = model.default_get(names)
        return {name: f"'{value}'" for name, value in defaults.items() if isinstance(value, str)}

    def say(self, text, **more):
        """Fill in the names of an expression, in whatever depth they stand."""
        values = {**self.values, **more}
        before = None
        while text != before:
            before = text
            for name, value in values.items():
                text = text.replace(f"{{{name}}}", value)
        return text

    def run(self, text):
        self.env.cr.execute(SQL(text.replace("%", "%%")))

    def exists(self, table, column):
        self.env.cr.execute(
            "SELECT 1 FROM information_schema.columns WHERE table_name = %s AND column_name = %s",
            [table, column],
        )
        return bool(self.env.cr.fetchone())
