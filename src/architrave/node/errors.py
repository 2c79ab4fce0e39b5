"""Errors of this floor: each says in one sentence what is wrong and where.

NodeError
├── FolderFault     the folder is not what the command needs
├── FolderInUse     another process holds the folder
├── PortTaken       the address is in use
└── Busy            too much waits; nothing of this was taken
"""

from __future__ import annotations

__all__ = ["Busy", "FolderFault", "FolderInUse", "NodeError", "PortTaken"]


class NodeError(Exception):
    """Root of this floor's errors."""


class FolderFault(NodeError):
    """The folder is not what the command needs."""


class FolderInUse(NodeError):
    """Another process holds the folder."""


class PortTaken(NodeError):
    """The address is in use."""


class Busy(NodeError):
    """Too much waits; nothing of this was taken, and it may be given again."""
