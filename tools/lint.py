"""``./smarthome lint``: ruff, pylint-odoo, the checks of XML and translations, the house's rules."""

import subprocess
from xml.etree import ElementTree

from tools import house
from tools.addons import find_addons
from tools.console import fail, say
from tools.environment import provide_environment
from tools.process import clean_environment
from tools.system import provide_packages

# noise here: the house splits a model's story into several files, and computes return nothing
NO_ODOO_CHECKS = ",".join(
    (
        "attribute-string-redundant",
        "category-allowed",
        "consider-merging-classes-inherited",
        "missing-readme",
        "missing-return",
    )
)
NO_XML_CHECKS = (
    "xml-header-wrong,xml-header-missing,xml-field-numeric-without-eval,xml-tag-position"
)
# empties a translation that equals its source: it would look like a forgotten one
NO_TRANSLATION_CHECKS = "po-pretty-format"


def run(where, fix=False):
    """Run all checks, each to its end.

    :param fix: let ruff mend what it can first
    :return: 1 if a check failed
    """
    provide_packages(browser_required=False)
    environment = provide_environment(where, "requirements-lint.txt")
    addons = find_addons(where.root)
    failed = []
    for name, check in _checks(where, environment, addons, fix):
        say(f"Checking: {name}")
        if check():
            failed.append(name)
    if failed:
        fail(f"lint found faults: {', '.join(failed)}")
        return 1
    say("lint found nothing")
    return 0


def _checks(where, environment, addons, fix):
    """Names of the checks and what to call; each call gives something true for a failure."""

    def tool(program, *words):
        command = [environment.program(program), *map(str, words)]
        return lambda: subprocess.call(command, cwd=where.root, env=clean_environment())

    folders = [addon.path.relative_to(where.root) for addon in addons.values()]
    sources = [".", "smarthome"]
    formatting = ("ruff", "format", "--check", "--no-cache", "--output-format=concise")
    if fix:
        yield "ruff mends", tool("ruff", "check", "--fix", "--quiet", "--exit-zero", *sources)
        yield "ruff formats", tool("ruff", "format", "--quiet", *sources)
    yield "ruff", tool("ruff", "check", "--no-cache", *sources)
    yield "formatting", tool(*formatting, *sources)
    yield "XML", lambda: _report(malformed(where.root, folders))
    yield "the house's rules", lambda: _report(house.check(where.root))
    if folders:
        disabled = f"--disable={NO_ODOO_CHECKS}"
        yield "pylint-odoo", tool("pylint", "--rcfile=.pylintrc", disabled, "-j", "2", *folders)
        command = ("oca-checks-odoo-module", f"--disable={NO_XML_CHECKS}", *folders)
        yield "modules (OCA)", tool(*command)
        files = [file for folder in folders for file in (where.root / folder).glob("i18n/*.po*")]
        if files:
            command = ("oca-checks-po", f"--disable={NO_TRANSLATION_CHECKS}", *files)
            yield "translations (OCA)", tool(*command)


def _report(sentences):
    sentences = list(sentences)
    for sentence in sentences:
        print(sentence, flush=True)
    return bool(sentences)


def malformed(root, folders):
    """XML files that no parser reads."""
    for folder in folders:
        for file in sorted((root / folder).rglob("*.xml")):
            try:
                ElementTree.parse(file)
            except ElementTree.ParseError as error:
                yield f"{file.relative_to(root)}: {error}"
