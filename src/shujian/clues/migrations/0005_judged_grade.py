"""The grade ``judged`` needs more than two characters."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clues', '0004_judgements'),
    ]

    operations = [
        migrations.AlterField(
            model_name='clue',
            name='grade',
            field=models.CharField(max_length=8),
        ),
    ]
