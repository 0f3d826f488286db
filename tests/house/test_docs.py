"""What is written down is what is there."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = ("accounts", "activity", "proposals", "pathfinders", "advice")
ROW = re.compile(r"^\| `(?P<model>[a-z]+\.[A-Za-z]+)` \|(?P<rest>.*)\|$", re.MULTILINE)


def rows() -> dict[str, list[str]]:
    text = (ROOT / "docs" / "data.md").read_text("utf-8")
    return {
        found["model"]: [cell.strip() for cell in found["rest"].split("|")]
        for found in ROW.finditer(text)
    }


def test_every_model_is_a_line_of_the_data_page():
    models = {model._meta.label for app in OURS for model in apps.get_app_config(app).get_models()}
    assert models - rows().keys() == set(), "say in docs/data.md what it holds"
    assert rows().keys() - models == set(), "take it out of docs/data.md"


def test_each_line_says_what_why_who_and_how_long():
    short = {model: cells for model, cells in rows().items() if len(cells) != 4 or not all(cells)}
    assert short == {}


def test_the_drawing_of_the_lifecycles_is_not_stale():
    call_command("draw_workflows", check=True)


def test_a_drawing_that_is_stale_is_told_and_drawn_anew(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    page = tmp_path / "docs" / "workflows.md"
    page.parent.mkdir()
    page.write_text("Once upon a time.", "utf-8")
    with pytest.raises(CommandError, match="stale"):
        call_command("draw_workflows", check=True)
    call_command("draw_workflows")
    call_command("draw_workflows", check=True)
