"""Answers of before learn what their variant is known by and can show."""

import hashlib
import json

from django.db import migrations

WRITTEN = {
    "single_choice", "multiple_choice", "numeric", "short_text", "matching", "ordering", "blanks", "matrix",
    "mark", "network",
}


def name_variants(apps, schema_editor):
    Answer = apps.get_model("quizzes", "Answer")
    for answer in Answer.objects.filter(variant_name="").only("kind", "question_id", "variant").iterator():
        asked = answer.question_id
        if answer.kind not in WRITTEN:
            shown = dict(answer.variant["shown"])
            if "options" in shown:
                shown["options"] = sorted(shown["options"], key=str)
            asked = [answer.question_id, shown]
        answer.variant_name = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:16]
        known = answer.variant["answers"]
        answer.could_show = sorted({one["code"] for one in known if one["code"] and one["fraction"] < 1})
        answer.save(update_fields=["variant_name", "could_show"])


class Migration(migrations.Migration):

    dependencies = [
        ("quizzes", "0011_practice_and_memory"),
    ]

    operations = [
        migrations.RunPython(name_variants, migrations.RunPython.noop),
    ]
