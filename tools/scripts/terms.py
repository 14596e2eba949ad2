"""In Odoo's shell: export each addon's terms and merge them into its translations.

Given: ``folders`` (module name: its folder), ``languages`` (file names: po). Translations are kept
by context and text; terms that are gone go; the order is the terms' own, so a second run changes
nothing.
"""

import io
from pathlib import Path

import polib

from odoo.tools.translate import trans_export

HEADER = {
    "Project-Id-Version": "Odoo Server 19.0",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "",
    "Plural-Forms": "",
}


def export_terms(module):
    """The module's terms, sorted, without dates."""
    buffer = io.BytesIO()
    trans_export(None, [module], buffer, "po", env)
    catalogue = polib.pofile(buffer.getvalue().decode() or "", wrapwidth=78)
    for entry in catalogue:
        entry.occurrences.sort()
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    return catalogue


def build(module, entries, header):
    catalogue = polib.POFile(wrapwidth=78)
    catalogue.header = f"Translation of Odoo Server.\nThis file contains the translation of the following modules:\n\t* {module}\n"
    catalogue.metadata = header
    catalogue.extend(entries)
    return catalogue


def translated(entry, known):
    old = known.get((entry.msgctxt, entry.msgid))
    return polib.POEntry(
        msgid=entry.msgid,
        msgctxt=entry.msgctxt,
        msgstr=old.msgstr if old else "",
        comment=entry.comment,
        tcomment=old.tcomment if old else "",
        occurrences=entry.occurrences,
        flags=old.flags if old else [],
    )


def write(path, catalogue):
    """Write only what differs, and say so."""
    text = str(catalogue).rstrip("\n") + "\n"
    if not path.exists() or path.read_text() != text:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        print(f"written {path}")


for module, folder in folders.items():
    i18n = Path(folder) / "i18n"
    entries = list(export_terms(module))
    if not entries:
        continue
    write(i18n / f"{module}.pot", build(module, entries, HEADER))
    for language in languages:
        path = i18n / f"{language}.po"
        known = {}
        if path.exists():
            known = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path))}
        merged = [translated(entry, known) for entry in entries]
        write(path, build(module, merged, {**HEADER, "Language": language}))
        missing = sum(not entry.msgstr for entry in merged)
        print(f"{module}: {len(merged)} terms, {missing} without {language}")
