FROM odoo:19.0

USER root
COPY requirements-prod.txt /tmp/requirements-prod.txt
# the image's Python belongs to its distribution (PEP 668): our pins go beside it, to /usr/local
RUN pip3 install --no-cache-dir --break-system-packages --no-deps --require-hashes \
        --ignore-installed -r /tmp/requirements-prod.txt \
    && rm /tmp/requirements-prod.txt

USER odoo
