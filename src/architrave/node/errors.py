"""Errors of this floor: each says in one sentence what is wrong and where.

NodeError
├── FolderFault     the folder is not what the command needs
├── FolderInUse     another process holds the folder
├── PortTaken       the address is in use
└── StorageUncertain (from `peer`): a write whose fate is unknown; the node stops
"""

from __future__ import annotations

__all__ = ["FolderFault", "FolderInUse", "NodeError", "PortTaken"]


class NodeError(Exception):
    """Root of this floor's errors."""


class FolderFault(NodeError):
    """The folder is not what the command needs."""


class FolderInUse(NodeError):
    """Another process holds the folder."""


class PortTaken(NodeError):
    """The address is in use."""
