"""Lessons may have a film. What was loaded before had none: without saying so, each lesson would seem edited."""

from typing import Any

import django.core.validators
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def say_there_was_none(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for record in apps.get_model("course", "ContentRecord").objects.filter(kind="course.lesson"):
        record.values = {**record.values, "film": ""}
        record.offered = record.offered and {**record.offered, "film": ""}
        record.save()


def film() -> "models.TextField[Any, Any]":
    return models.TextField(
        blank=True,
        default="",
        help_text="A storyboard in TOML that plays the figure: see the authoring guide.",
        validators=[django.core.validators.MaxLengthValidator(20000)],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("course", "0003_figures_in_texts"),
    ]

    operations = [
        migrations.AddField("lesson", "film", film(), preserve_default=False),
        migrations.AddField("historicallesson", "film", film(), preserve_default=False),
        migrations.RunPython(say_there_was_none, migrations.RunPython.noop, elidable=True),
    ]
