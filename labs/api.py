"""POST /api/networks/check: what the engine reads in a Keras text, without running anything."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from labs.models import SOURCE_LIMIT

router = Router(tags=["networks"])


class CheckIn(Schema):
    """`fragments` asks for the pieces of the editor's page as well; `challenge` names one to judge live."""

    source: str = Field(max_length=SOURCE_LIMIT)
    challenge: str = Field("", max_length=80)
    fragments: bool = False


@router.post("check", url_name="check_network")
def check_network(request: HttpRequest, body: CheckIn) -> dict[str, Any]:
    return {}
