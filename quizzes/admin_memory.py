"""The memory of skills in the admin, to look at: each learner's cards, and the answers that moved them."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from accounts.read_only import ReadOnly
from quizzes.models import Card, Review
from quizzes.services import recall

if TYPE_CHECKING:
    CardModelAdmin = admin.ModelAdmin[Card]
    ReviewModelAdmin = admin.ModelAdmin[Review]
    ReviewInlineBase = admin.TabularInline[Review, Card]
else:
    CardModelAdmin = ReviewModelAdmin = admin.ModelAdmin
    ReviewInlineBase = admin.TabularInline


class ReviewInline(ReviewInlineBase):
    """The history that the card is folded from, the latest answer first."""

    model = Review
    fields = ("reviewed_at", "answer", "rating", "predicted_then")
    readonly_fields = fields
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Card | None = None) -> bool:
        return False

    @admin.display(description="predicted recall")
    def predicted_then(self, review: Review) -> str:
        return _percent(review.predicted)


class CardAdmin(ReadOnly, CardModelAdmin):
    """One skill in one memory: how likely it is recalled, and when it comes back."""

    list_display = ("learner", "skill", "recall_now", "holds_for", "hardness", "reviewed_at", "due_at")
    list_filter = ("skill__course", "skill", "due_at")
    list_select_related = ("learner", "skill")
    search_fields = ("learner__username", "learner__first_name", "skill__title")
    date_hierarchy = "due_at"
    fields = list_display
    inlines = (ReviewInline,)

    @admin.display(description="recall now")
    def recall_now(self, card: Card) -> str:
        return _percent(recall(card, timezone.now()))

    @admin.display(description="days until nine in ten", ordering="stability")
    def holds_for(self, card: Card) -> str:
        return "–" if card.stability is None else f"{card.stability:.1f}"

    @admin.display(description="difficulty, 1 to 10", ordering="difficulty")
    def hardness(self, card: Card) -> str:
        return "–" if card.difficulty is None else f"{card.difficulty:.1f}"


class ReviewAdmin(ReadOnly, ReviewModelAdmin):
    """One answer that moved a card: what was predicted of it, and what came."""

    list_display = ("card", "rating", "predicted_then", "answer", "reviewed_at")
    fields = list_display
    list_filter = ("rating", "card__skill")
    list_select_related = ("card__learner", "card__skill", "answer__attempt")
    search_fields = ("card__learner__username", "card__skill__title", "answer__title")
    date_hierarchy = "reviewed_at"

    @admin.display(description="predicted recall", ordering="predicted")
    def predicted_then(self, review: Review) -> str:
        return _percent(review.predicted)


def _percent(chance: float | None) -> str:
    return "–" if chance is None else f"{100 * chance:.0f}%"
