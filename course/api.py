"""JSON endpoints of course."""

from ninja import Router

router = Router()
