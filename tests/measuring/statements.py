"""How much of a file was run, in statements."""

import io
import tokenize
from collections.abc import Iterator
from typing import Any

WORDLESS = {tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def percent(source: str, file: dict[str, Any]) -> float:
    """How many of a file's statements were run, in per cent.

    A statement counts once, however many lines it has, and a docstring never: long tables of
    words must not make up for steps that no test takes.
    """
    first = {line: lines[0] for lines in statements(source) for line in lines}
    executed = {first[line] for line in file["executed_lines"] if line in first}
    known = executed | {first[line] for line in file["missing_lines"] if line in first}
    return 100 * len(executed) / len(known) if known else 100.0


def statements(source: str) -> Iterator[range]:
    """The lines of each statement, or of its head, except docstrings."""
    words: list[tokenize.TokenInfo] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NEWLINE:
            if [word.type for word in words] != [tokenize.STRING]:
                yield range(words[0].start[0], token.end[0] + 1)
            words = []
        elif token.type not in WORDLESS:
            words.append(token)
