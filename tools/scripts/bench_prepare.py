"""In Odoo's shell: fill the base by ``prepare(env)`` of the file ``path``."""

import runpy

runpy.run_path(path)["prepare"](env)
env.cr.commit()
