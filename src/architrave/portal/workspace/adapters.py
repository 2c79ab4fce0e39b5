"""What allauth asks of us: nobody signs up, and how a passkey names this copy and its holder."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from architrave.node.runtime import current
from architrave.portal.formats import plain
from architrave.portal.reading import Copy
from architrave.portal.tongue import house_language
from architrave.portal.workspace.seats import appointment_named

__all__ = ["AccountAdapter", "PasskeyAdapter"]


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an invitation, never by whoever asks."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """What a passkey shows to its holder."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The host of this request, which Django has compared with the node's own names."""
        host = context.request.get_host().rpartition(":")
        runtime = current()
        with runtime.reading() as peer:
            language = house_language(runtime)
            copy = Copy(peer, language, runtime.clock(), None, {})
            name = copy.say("copy-of", capital=copy.capital(peer.party))
        return {"id": (host[0] or host[2]), "name": f"Architrave · {plain(name)}"}

    def get_public_key_credential_user_entity(self, account: Any) -> dict[str, object]:
        """The account, by its number, which says nothing; its seat and its holder as names."""
        with current().reading() as peer:
            found = appointment_named(peer.state, peer.view(), account.appointment)
        holder = found.holder if found is not None else account.seat
        return {"id": account.pk.hex.encode(), "name": account.seat, "display_name": holder}
