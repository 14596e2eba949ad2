FROM odoo:19.0

USER root
COPY requirements-prod.txt /tmp/requirements-prod.txt
# the image's Python belongs to its distribution (PEP 668): our pins go beside it, to /usr/local
RUN pip3 install --no-cache-dir --break-system-packages --no-deps --require-hashes \
        --ignore-installed -r /tmp/requirements-prod.txt \
    && rm /tmp/requirements-prod.txt
# OCA's addons are found beside Odoo's own: both folders are one namespace, odoo.addons
RUN python3 -c "import importlib.util as u; \
assert all(u.find_spec('odoo.addons.' + name) for name in ('base', 'purchase_request'))"

USER odoo
