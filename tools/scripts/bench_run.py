"""In Odoo's shell: print what ``run(env)`` of the file ``path`` measures, a line each."""

import json
import runpy

for row in runpy.run_path(path)["run"](env):
    print(mark + json.dumps(row), flush=True)
env.cr.rollback()
