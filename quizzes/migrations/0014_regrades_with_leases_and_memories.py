"""A dry run has a lease, so that the sweep goes on with one whose worker died; those under way are due at once."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("quizzes", "0013_question_imports")]

    operations = [
        migrations.AddField(
            model_name="regrade",
            name="lease_until",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="regrade",
            name="memories",
            field=models.JSONField(
                default=dict,
                help_text="Each card before and after.",
                verbose_name="what it did to the memory of skills",
            ),
        ),
    ]
