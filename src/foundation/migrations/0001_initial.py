from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Sent",
            fields=[
                ("token", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("result", models.CharField(blank=True, max_length=200)),
                ("sent_at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
