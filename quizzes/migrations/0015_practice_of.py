"""The question that a set for practice gives more of is spelled as the rest of the house spells it."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ("quizzes", "0014_regrades_with_leases_and_memories"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("attempt", "attempt_one_open_practice"),
        migrations.RemoveConstraint("attempt", "attempt_purpose_has_subject"),
        migrations.RenameField("attempt", "practises", "practice_of"),
        migrations.AddConstraint(
            "attempt",
            models.UniqueConstraint(
                condition=Q(("status", "open")),
                fields=("learner", "practice_of"),
                name="attempt_one_open_practice",
            ),
        ),
        migrations.AddConstraint(
            "attempt",
            models.CheckConstraint(
                condition=Q(("practice_of__isnull", True), ("purpose", "quiz"), ("quiz__isnull", False))
                | Q(("practice_of__isnull", False), ("purpose", "practice"), ("quiz__isnull", True))
                | Q(("practice_of__isnull", True), ("purpose", "review"), ("quiz__isnull", True)),
                name="attempt_purpose_has_subject",
            ),
        ),
    ]
