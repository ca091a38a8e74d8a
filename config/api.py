"""The JSON interface under /api/: each app brings a router, this file gathers them."""

from ninja import NinjaAPI

from course.api import router as course_router
from labs.api import router as labs_router
from labs.playground.api import router as playground_router

# The interactive documentation page breaks the content-security policy; the schema is at /api/openapi.json.
api = NinjaAPI(title="Layerwise", version="1", docs_url=None, urls_namespace="api")
api.add_router("networks/", course_router)
api.add_router("networks/", labs_router)
api.add_router("playground/", playground_router)
