"""What people paste or upload, read without ever failing on it: bytes in, plain values out."""

from scooty.domain.files.decoding import MAX_FILE_BYTES, FileTooLarge, decode

__all__ = ["MAX_FILE_BYTES", "FileTooLarge", "decode"]
