"""Draw every lifecycle from its steps into docs/workflows.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from activity import workflow
from activity.workflow import Lifecycle

HEADER = """# How things move

Drawn by `manage.py draw_workflows` from the steps in the code; a test fails when it is stale.
Every arrow is one step, taken by `activity.workflow.take` alone. Statuses without an arrow belong
to steps that are still to be built.
"""


def document() -> str:
    """The whole page: one diagram and one table for each lifecycle."""
    return "\n".join([HEADER, *(_chapter(each) for each in workflow.lifecycles())])


def _chapter(lifecycle: Lifecycle) -> str:
    return "\n".join(
        [
            f"## {lifecycle.name}",
            "",
            "```mermaid",
            "stateDiagram-v2",
            *(f"    {status.value} : {status.label}" for status in lifecycle.statuses),
            *(f"    [*] --> {born}" for born in lifecycle.born),
            *_arrows(lifecycle),
            "```",
            "",
            "| Step | From | To | Button | Tells |",
            "| --- | --- | --- | --- | --- |",
            *_rows(lifecycle),
            "",
        ]
    )


def _arrows(lifecycle: Lifecycle) -> Iterator[str]:
    for step in lifecycle.steps:
        for source in step.sources:
            for target in step.targets(source):
                yield f"    {source} --> {target} : {step.name}"


def _rows(lifecycle: Lifecycle) -> Iterator[str]:
    for step in lifecycle.steps:
        ends = dict.fromkeys(end for source in step.sources for end in step.targets(source))
        sources, targets = ", ".join(step.sources), ", ".join(ends)
        tells = ", ".join(tell.kind for tell in step.tell) or "nobody"
        yield f"| {step.name} | {sources} | {targets} | {step.label} | {tells} |"


class Command(BaseCommand):
    """Write docs/workflows.md, or with --check say whether it is stale."""

    help = "Draw every lifecycle into docs/workflows.md."

    def add_arguments(self, parser: CommandParser) -> None:
        """Only one: check instead of writing."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page, or fail when it is not what the steps say."""
        path = Path(settings.BASE_DIR) / "docs" / "workflows.md"
        if not options["check"]:
            path.write_text(document(), "utf-8")
        elif not path.exists() or path.read_text("utf-8") != document():
            raise CommandError("docs/workflows.md is stale: run manage.py draw_workflows")
