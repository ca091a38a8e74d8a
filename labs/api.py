"""JSON endpoints of labs."""

from ninja import Router

router = Router()
