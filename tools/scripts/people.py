"""In Odoo's shell: speak the language, and give each login that was made by us a password.

Given: ``language``, ``password_file``, ``address``. Passwords stand in the file before the base
knows them, so an interruption leaves nobody with an unknown password.
"""

import json
import os
import secrets

MARK = "smarthome.logins_with_password"
HEADER = (
    "# Logins and passwords of the base that ./smarthome run serves; keep this file to yourself.\n"
)


def read_passwords():
    if not os.path.exists(password_file):
        return {}
    with open(password_file) as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return {row[0]: row[1] for row in rows if len(row) > 1}


def write_passwords(users, passwords):
    building = f"{password_file}.new"
    with open(os.open(building, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(HEADER)
        for user in users:
            file.write(f"{user.login}\t{passwords[user.login]}\t{user.name}\n")
    os.chmod(building, 0o600)
    os.replace(building, password_file)


def find_users():
    made = env["ir.model.data"].search(
        [("module", "=", "smarthome_demo"), ("model", "=", "res.users")]
    )
    users = env["res.users"].with_context(active_test=False).browse(made.mapped("res_id")).exists()
    return env.ref("base.user_admin") | users.filtered(lambda user: user.active and user.login)


def speak():
    lang = env["res.lang"]._activate_lang(language)
    env["ir.default"].set("res.partner", "lang", lang.code)
    (env.ref("base.partner_admin") | env.ref("base.main_partner")).write({"lang": lang.code})


Parameter = env["ir.config_parameter"].sudo()
known = set(json.loads(Parameter.get_param(MARK) or "[]"))
if not known:
    speak()
users, passwords = find_users(), read_passwords()
new = users.filtered(lambda user: user.login not in known or user.login not in passwords)
for user in new:
    passwords.setdefault(user.login, secrets.token_urlsafe(9))
write_passwords(users, passwords)
for user in new:
    user.password = passwords[user.login]
Parameter.set_param(MARK, json.dumps(sorted(users.mapped("login"))))
env.cr.commit()
