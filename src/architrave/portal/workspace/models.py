"""Accounts and invitations. They hold no name and no address, only a seat and an appointment.

An appointment is named by its act in the record, where holder and language stand: a name that is
erased there is erased here too.
"""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

__all__ = ["Account", "Invitation"]


class Account(AbstractBaseUser):
    """Who may sign in: the holder of a seat by one appointment. It has no password."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.CharField(max_length=200)
    appointment = models.CharField(max_length=64)
    is_active = models.BooleanField(default=True)
    made = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS = ("seat", "appointment")

    objects = BaseUserManager()

    class Meta:
        app_label = "workspace"

    def __str__(self) -> str:
        return self.seat


class Invitation(models.Model):
    """A way in, valid once: `digest` is the SHA-256 of the word in its address, in hex."""

    digest = models.CharField(max_length=64, primary_key=True)
    seat = models.CharField(max_length=200)
    appointment = models.CharField(max_length=64)
    until = models.DateTimeField()
    used = models.DateTimeField(null=True)

    class Meta:
        app_label = "workspace"

    def __str__(self) -> str:
        return self.seat
