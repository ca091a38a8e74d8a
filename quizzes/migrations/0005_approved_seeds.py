"""A question may keep a list of seeds that its attempts ask out of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0004_hints_and_flags"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalquestion",
            name="approved_seeds",
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.AddField(
            model_name="question",
            name="approved_seeds",
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
    ]
