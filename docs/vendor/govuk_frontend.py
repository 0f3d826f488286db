#!/usr/bin/env python3
"""Copy GOV.UK Frontend into static/ and tests/, without what only gov.uk sites may use.

    python docs/vendor/govuk_frontend.py govuk-frontend-6.6.0.tgz

The archive is the npm package `govuk-frontend` (`npm pack govuk-frontend@6.6.0`). The GDS
Transport font and the royal crest are licensed for the gov.uk domain alone, and every address
under /assets/ would make the hashed static storage fail. The script is as shipped but for its
source map, which is left out. The fixtures of the components that we have are copied as they are.
"""

import json
import re
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "static" / "govuk-frontend"
SHIPPED = "package/dist/govuk/"
FONT = re.compile(r"@font-face\{[^}]*\}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CREST = re.compile(r"\.govuk-footer__copyright-logo:before\{[^}]*\}")
# The portal's own, which have nothing but their name in common with GOV.UK's.
OURS = {"header", "footer"}
EMPTY = re.compile(r"@(?:supports|media)[^{}]*\{\}")


def clean_css(css: str) -> str:
    """The style sheet without font files, crest, comments and source map; Arial instead."""
    for pattern in (COMMENT, FONT, CREST, EMPTY, EMPTY):
        css = pattern.sub("", css)
    css = css.replace("GDS Transport,arial", "Arial,Liberation Sans")
    if "url(" in css or "GDS Transport" in css:
        sys.exit("An address or the font is left in the style sheet: this version needs a look.")
    return css.strip() + "\n"


def clean_js(js: str) -> str:
    """The script without the comment that names its source map."""
    return re.sub(r"//# sourceMappingURL=.*", "", js).rstrip() + "\n"


def copy_fixtures(package: tarfile.TarFile) -> None:
    """Copy the official HTML of each component that has a template of ours."""
    manifest = package.extractfile("package/package.json")
    version = json.load(manifest)["version"] if manifest else "unknown"
    folder = ROOT / "tests" / "vendor" / f"govuk-frontend-{version}"
    for member in package.getmembers():
        name = Path(member.name)
        drawn = ROOT / "templates" / "components" / f"{name.parent.name}.html"
        source = package.extractfile(member) if name.name == "fixtures.json" else None
        if source and drawn.exists() and name.parent.name not in OURS:
            target = folder / name.parent.name / name.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read())


def main(archive: str) -> None:
    """Write the two files we serve, and the fixtures that our tests compare with."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as package:
        for name, clean in (
            ("govuk-frontend.min.css", clean_css),
            ("govuk-frontend.min.js", clean_js),
        ):
            member = package.extractfile(SHIPPED + name)
            if member is None:
                sys.exit(f"{name} is not in {archive}.")
            (TARGET / name).write_text(clean(member.read().decode()))
        copy_fixtures(package)


if __name__ == "__main__":
    main(sys.argv[1])
