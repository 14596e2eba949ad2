"""The end of committed records: with them goes whatever refers to them, whatever is installed."""

from collections import defaultdict

from odoo.tools import SQL

#: columns of what belongs to a record, though the base would only empty them
OWNERS = ("object_id", "smarthome_object_id", "employee_id", "product_id")
#: what refers to a record of any model: its table, and its columns of model and identifier
NOTES = (
    ("mail_message", "model", "res_id"),
    ("mail_followers", "res_model", "res_id"),
    ("mail_activity", "res_model", "res_id"),
    ("ir_attachment", "res_model", "res_id"),
)
REFERENCES = """
    SELECT target.relname, referrer.relname, attribute.attname,
           EXISTS (
               SELECT 1 FROM pg_attribute key
                WHERE key.attrelid = one.conrelid AND key.attname = 'id'
           )
      FROM pg_constraint one
      JOIN pg_class target ON target.oid = one.confrelid
      JOIN pg_class referrer ON referrer.oid = one.conrelid
      JOIN pg_attribute attribute
        ON attribute.attrelid = one.conrelid AND attribute.attnum = one.conkey[1]
     WHERE one.contype = 'f' AND (one.confdeltype != 'n' OR attribute.attname IN %s)
"""


class Leftovers:
    """Deletes past the program, which keeps for ever what is paid, shipped or closed."""

    def __init__(self, env):
        self.env = env
        self.gone = defaultdict(set)
        self.models = {env[name]._table: name for name in env if env[name]._auto}
        self.references = defaultdict(list)
        env.flush_all()
        env.cr.execute(REFERENCES, [OWNERS])
        for table, *reference in env.cr.fetchall():
            self.references[table].append(reference)

    def delete(self, records):
        """Delete the records and what refers to them."""
        self._delete(records._table, records.ids)
        self.env.invalidate_all(flush=False)

    def _delete(self, table, ids):
        ids = set(ids) - self.gone[table]
        if not ids:
            return
        self.gone[table] |= ids
        for referrer, column, has_id in self.references[table]:
            where = SQL("%s IN %s", SQL.identifier(column), tuple(ids))
            if has_id:
                self._delete_where(referrer, where)
            else:
                self.env.cr.execute(SQL("DELETE FROM %s WHERE %s", SQL.identifier(referrer), where))
        self.env.cr.execute(SQL("DELETE FROM %s WHERE id IN %s", SQL.identifier(table), tuple(ids)))
        self._delete_notes(table, ids)

    def _delete_where(self, table, where):
        self.env.cr.execute(SQL("SELECT id FROM %s WHERE %s", SQL.identifier(table), where))
        self._delete(table, [row[0] for row in self.env.cr.fetchall()])

    def _delete_notes(self, table, ids):
        """What is written, followed, planned and attached at the records."""
        for notes, model, identifier in NOTES:
            where = SQL(
                "%s = %s AND %s IN %s",
                SQL.identifier(model),
                self.models.get(table),
                SQL.identifier(identifier),
                tuple(ids),
            )
            self._delete_where(notes, where)
