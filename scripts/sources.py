"""What the checks have in common: where things lie, C text without comments, the public functions."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = ROOT / "include"
LIB = ROOT / "lib"

SKIP = 77  # the exit status that ctest takes for "skipped"

_TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.M)


def without_comments(text, strings=True):
    """C text with its comments, and if wanted its string contents, blanked; lines keep their numbers."""

    def blank(match):
        token = match.group(0)
        if token.startswith("/"):
            return re.sub(r"[^\n]", " ", token)
        return token if strings else token[0] + " " * (len(token) - 2) + token[-1]

    return _TOKEN.sub(blank, text)


def public_headers():
    return sorted((INCLUDE / "cocreate").glob("*.h"))


def public_functions(header=None):
    """Names of the functions marked COCREATE_API, with the offset of the mark, from one header or all."""
    names = []
    for path in [header] if header else public_headers():
        code = without_comments(path.read_text(encoding="utf-8"), strings=False)
        code = _DIRECTIVE.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), code)
        for match in re.finditer(r"\bCOCREATE_API\b([^;{]*?)\b(\w+)\s*\(", code):
            names.append((match.group(2), path, match.start()))
    return names


def finish(check, problems, passed):
    """Print the problems, one a line, and leave with the status ctest wants."""
    for problem in problems:
        print(problem)
    if problems:
        print(f"{check}: {len(problems)} problem{'s' if len(problems) > 1 else ''}")
        sys.exit(1)
    print(f"{check}: {passed}")
    sys.exit(0)


def skip(check, reason):
    print(f"{check}: skipped: {reason}")
    sys.exit(SKIP)


def shown(path):
    """A path as a reader knows it, from the root of the project."""
    try:
        return str(pathlib.Path(path).resolve().relative_to(ROOT))
    except ValueError:
        return str(path)
