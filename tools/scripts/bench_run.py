"""In Odoo's shell: print what ``run(env)`` of the file ``path`` measures, a line each.

The name of the base of plain Odoo, ``plain``, goes into the environment.
"""

import json
import os
import runpy

os.environ["SMARTHOME_PLAIN_BASE"] = plain

for row in runpy.run_path(path)["run"](env):
    print(mark + json.dumps(row), flush=True)
env.cr.rollback()
