"""The section on people becomes the one on staff: what was typed in drafts moves with it.

Versions keep the key that they were frozen with; a topic knows its former one.
"""

from django.db import migrations


def rename(before, after):
    def move(apps, schema_editor):
        apps.get_model("proposals", "Section").objects.filter(key=before).update(key=after)

    return move


class Migration(migrations.Migration):

    dependencies = [
        ("proposals", "0009_version_answer"),
    ]

    operations = [
        migrations.RunPython(rename("people", "staff"), rename("staff", "people")),
    ]
