"""What can go wrong with pages and indexes: one error root, and the faults that a folder of pages may have."""

from __future__ import annotations

from dataclasses import dataclass


class KnowledgeError(Exception):
    """Something that stops the work. `code` is stable; `message` says what was expected, what came, what to do."""

    code = "knowledge_error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class PagesError(KnowledgeError):
    """The pages folder cannot be used at all."""

    code = "pages_unusable"


class FaultyPagesError(KnowledgeError):
    """Some pages have faults and the build was told to be strict."""

    code = "faulty_pages"


class IndexUnusableError(KnowledgeError):
    """The index folder is missing, half-written, damaged, or from another model or a newer version."""

    code = "index_unusable"


class ModelError(KnowledgeError):
    """The embedding model cannot be loaded, or is not the one that was expected."""

    code = "model_unusable"


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one page: where it is, what it is, and what to do about it.

    `line` counts from 1 in the file as an editor shows it; 0 means the file as a whole.
    `fatal` faults keep the page out of the index, the others only tell.
    """

    path: str
    line: int
    code: str
    message: str
    remedy: str
    fatal: bool = True

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.message} {self.remedy}"


class PageFaultError(KnowledgeError):
    """A page that cannot be read, with the fault that says why."""

    code = "faulty_page"

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault
