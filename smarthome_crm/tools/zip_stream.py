"""A ZIP that is sent while it is made: plain Python, no ``env``."""

import zipfile

CHUNK = 256 * 1024


class _Pipe:
    """What ZipFile writes to: keeps only what was not yet taken."""

    def __init__(self):
        self._parts = []

    def write(self, data):  # pylint: disable=method-required-super
        """Take what ZipFile hands over; it is no record's ``write``."""
        self._parts.append(bytes(data))
        return len(data)

    def flush(self):
        """Nothing is held back."""

    def take(self):
        data, self._parts = b"".join(self._parts), []
        return data


def stream_zip(entries):
    """Yield the bytes of a ZIP with the entries, never holding more than a piece of one.

    Files are stored as they are: photos and office papers are compressed already.

    :param entries: iterable of (name in the archive, path of the file or its bytes, time)

    >>> import io, time
    >>> data = b"".join(stream_zip([("ФОТО/дом.txt", b"wall", time.gmtime(1e9))]))
    >>> archive = zipfile.ZipFile(io.BytesIO(data))
    >>> archive.namelist(), archive.read("ФОТО/дом.txt")
    (['ФОТО/дом.txt'], b'wall')
    """
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name, source, moment in entries:
            info = zipfile.ZipInfo(name, date_time=tuple(moment)[:6])
            info.external_attr = 0o644 << 16
            with archive.open(info, "w", force_zip64=True) as target:
                for piece in _pieces(source):
                    target.write(piece)
                    yield pipe.take()
            yield pipe.take()
    yield pipe.take()


def _pieces(source):
    """Yield the bytes of a file (or bytes in hand) piece by piece."""
    if isinstance(source, bytes):
        yield source
        return
    with open(source, "rb") as file:
        while piece := file.read(CHUNK):
            yield piece
