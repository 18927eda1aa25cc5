"""Bring the translations up to date: new sentences into the .ts files, these into .qm files.

Run `python -m resources.i18n.update` after changing a visible text, translate what Qt Linguist (or
an editor) then shows as unfinished in fireside_zh_CN.ts, and run it again.
"""

import subprocess
import sys
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).resolve().parent
SUFFIX = ".exe" if sys.platform == "win32" else ""
# The English file holds only what English needs: the forms for one and for many.
LANGUAGES = {"zh_CN": (), "en": ("-pluralonly",)}


def tool(name: str) -> str:
    """Return the path of one of Qt's own programs in the PySide6 package."""
    return str(Path(PySide6.__file__).parent / f"{name}{SUFFIX}")


def sources() -> list[str]:
    """Return the files with visible texts, relative to the repository."""
    return sorted(str(p.relative_to(ROOT)) for p in (ROOT / "desktop/ui").rglob("*.py"))


def collect(language: str, target: Path) -> None:
    """Merge the texts of the sources into the .ts file `target`, dropping unused ones."""
    options = ("-locations", "none", "-no-obsolete", "-source-language", "en", *LANGUAGES[language])
    command = [tool("lupdate"), *options, "-target-language", language, *sources()]
    subprocess.run([*command, "-ts", str(target)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def compile_to(source: Path, target: Path) -> None:
    """Compile a .ts file."""
    command = [tool("lrelease"), "-silent", str(source), "-qm", str(target)]
    subprocess.run(command, check=True)


def main() -> None:
    """Update and compile all languages."""
    for language in LANGUAGES:
        source = FOLDER / f"fireside_{language}.ts"
        collect(language, source)
        compile_to(source, source.with_suffix(".qm"))


if __name__ == "__main__":
    main()
