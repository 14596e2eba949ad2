"""Names and kinds of files that people bring: plain Python, no ``env``."""

import mimetypes
import re
import unicodedata

#: what a file begins with -> the type that it really is
SIGNATURES = (
    (b"MZ", "exe"),
    (b"\x7fELF", "elf"),
    (b"\xca\xfe\xba\xbe", "class"),
    (b"\xfe\xed\xfa\xce", "macho"),
    (b"\xfe\xed\xfa\xcf", "macho"),
    (b"\xce\xfa\xed\xfe", "macho"),
    (b"\xcf\xfa\xed\xfe", "macho"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "lnk"),
    (b"ITSF", "chm"),
    (b"MSCF", "cab"),
    (b"dex\n", "dex"),
    (b"#!", "sh"),
    (b"<?php", "php"),
)
#: types that are programs although no extension says so: refused as soon as "exe" is
PROGRAMS = {"exe", "elf", "macho", "class", "dex"}
#: an installer of Windows is an OLE container with this class of its root
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
INSTALLER_CLASS = b"\x84\x10\x0c\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"
#: entries by which a ZIP container is told to be a program
ARCHIVE_PROGRAMS = ((b"AndroidManifest.xml", "apk"), (b"META-INF/MANIFEST.MF", "jar"))

MAX_NAME = 180
#: characters that Windows forbids in names, and signs that turn the reading direction
FORBIDDEN = re.compile(r'[<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')


def clean_name(name):
    """Return a name that every system can keep, its extension in plain sight.

    >>> clean_name("C:/docs/план\\x00 .jpg. ")
    'C__docs_план .jpg'
    >>> clean_name("photo\\u202egpj.exe"), clean_name(" . ")
    ('photo_gpj.exe', 'file')
    >>> len(clean_name("я" * 500 + ".jpeg")), clean_name("я" * 500 + ".jpeg")[-5:]
    (180, '.jpeg')
    """
    name = unicodedata.normalize("NFC", name or "")
    name = "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cs"))
    name = FORBIDDEN.sub("_", name).strip(" .") or "file"
    stem, dot, extension = name.rpartition(".")
    if dot and stem and len(extension) < 20:
        return f"{stem[: MAX_NAME - len(extension) - 1]}.{extension}"
    return name[:MAX_NAME]


def extension_of(name):
    """Return the extension in lower case, without its dot.

    >>> extension_of("Смета.XLSX"), extension_of("archive.tar.gz"), extension_of("README")
    ('xlsx', 'gz', '')
    """
    stem, dot, extension = clean_name(name).rpartition(".")
    return extension.strip().lower() if dot and stem else ""


def types_of_list(text):
    """Return the types named in a setting, however they are separated.

    >>> sorted(types_of_list(".EXE, bat;cmd  js"))
    ['bat', 'cmd', 'exe', 'js']
    """
    return {part.lstrip("*.") for part in re.split(r"[\s,;]+", (text or "").lower()) if part}


def real_types(content, mimetype=None):
    """Return the types that the content shows the file to be.

    :param bytes content: the whole file; its beginning tells most types
    :param str mimetype: what a library guessed by the content
    :return: set of extensions

    >>> sorted(real_types(b"MZ\\x90\\x00"))
    ['exe']
    >>> "pdf" in real_types(b"%PDF-1.4", "application/pdf")
    True
    >>> real_types(b"plain words", "text/plain")
    set()
    """
    types = {kind for signature, kind in SIGNATURES if content.startswith(signature)}
    if content.startswith(OLE) and INSTALLER_CLASS in content:
        types.add("msi")
    if content.startswith(b"PK\x03\x04"):
        types |= {kind for entry, kind in ARCHIVE_PROGRAMS if entry in content}
    if mimetype and mimetype not in ("text/plain", "application/octet-stream"):
        types |= {found.lstrip(".") for found in mimetypes.guess_all_extensions(mimetype)}
    return types


def refused_type(name, content, refused, mimetype=None):
    """Return the refused type of a file, by its name or by what it really is.

    :param set refused: extensions that are not taken
    :return: the extension, or False

    >>> refused_type("virus.exe", b"", {"exe"})
    'exe'
    >>> refused_type("photo.jpg", b"MZ\\x90\\x00", {"exe"})
    'exe'
    >>> refused_type("tool", b"\\x7fELF", {"exe"})
    'elf'
    >>> refused_type("photo.jpg", b"\\xff\\xd8\\xff\\xe0", {"exe"}, "image/jpeg")
    False
    """
    extension = extension_of(name)
    if extension in refused:
        return extension
    wanted = refused | PROGRAMS if "exe" in refused else refused
    return next(iter(sorted(real_types(content, mimetype) & wanted)), False)


def unique_names(names):
    """Return names of which no two are the same for Windows either.

    >>> unique_names(["Фото.jpg", "фото.JPG", "фото (2).JPG"])
    ['Фото.jpg', 'фото (2).JPG', 'фото (2) (2).JPG']
    """
    taken, result = set(), []
    for name in names:
        stem, dot, extension = name.rpartition(".")
        if not stem:
            stem, dot, extension = name, "", ""
        unique, number = name, 1
        while unique.lower() in taken:
            number += 1
            unique = f"{stem} ({number}){dot}{extension}"
        taken.add(unique.lower())
        result.append(unique)
    return result
